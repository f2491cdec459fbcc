package dev.carillon.email.layout;

import dev.carillon.email.layout.Letter.Button;
import dev.carillon.email.layout.Letter.Entry;
import dev.carillon.email.layout.Letter.Group;
import dev.carillon.email.layout.Letter.Topic;
import dev.carillon.schemas.event.Level;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a template is tried with when the service starts: single ones and digests, with everything and with nothing. */
final class SamplePages {
    /** What stands for another template's HTML: a frame that escapes it shows something else. */
    static final String CONTENT = "<p>carillon</p>";

    private static final String URL = "https://example.org/";

    private SamplePages() {}

    static List<Page> all() {
        LayoutSettings bare = LayoutSettings.of("Example", null, "en", null);
        LayoutSettings full = new LayoutSettings("Example", URL, "en", "Bye", "1 Main St", URL, "#102030", null);
        Footing footing = new Footing(URL, URL, URL);
        Group plain = new Group(null, List.of(new Topic(null, null, List.of(entry("one", null), entry("two", URL)))));
        Group named = new Group("news", List.of(new Topic("seven", null, List.of(entry("three", URL)))));
        Group linked = new Group("more", List.of(new Topic("eight", URL, List.of(entry("four", null)))));
        Group single = new Group(null, List.of(new Topic(null, null, List.of(entry("five", null)))));
        Group rich = new Group(null, List.of(new Topic(null, null, List.of(entry("six", URL)))));
        return List.of(
                Page.of(letter(List.of(single), 0), bare, Footing.NONE),
                Page.of(letter(List.of(rich), 0), full, footing),
                Page.of(letter(List.of(plain), 0), bare, Footing.NONE),
                Page.of(letter(List.of(named, linked), 3), full, footing));
    }

    private static Letter letter(List<Group> groups, int more) {
        boolean merged = groups.size() > 1
                || groups.getFirst().topics().getFirst().entries().size() > 1;
        return new Letter("Subject", "Headline", groups, merged, more, Level.INFO, Locale.ENGLISH);
    }

    private static Entry entry(String title, @Nullable String url) {
        return url == null
                ? new Entry(title, null, null, List.of(), null, null, List.of(), List.of())
                : new Entry(
                        title,
                        "One line\nand another\n\nA second paragraph",
                        url,
                        List.of(new Button("Open", url), new Button("Later", url)),
                        url,
                        Level.WARNING,
                        List.of("picture.png"),
                        List.of(new Letter.File("a.pdf", url), new Letter.File("b.pdf", null)));
    }
}
