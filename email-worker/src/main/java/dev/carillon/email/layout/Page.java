package dev.carillon.email.layout;

import dev.carillon.schemas.event.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A letter as the templates see it; the component names are their variables. */
record Page(
        String language,
        String direction,
        String subject,
        String preview,
        String headline,
        String product,
        @Nullable String logo,
        String brand,
        String accent,
        List<Group> groups,
        @Nullable String more,
        String footer,
        @Nullable String address,
        @Nullable String unsubscribe,
        String unsubscribeLabel,
        @Nullable String preferences,
        String preferencesLabel,
        @Nullable String pixel,
        String content) {

    private static final int PREVIEW_LENGTH = 140;
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "iw", "ur", "yi");

    record Group(@Nullable String name, List<Topic> topics) {}

    record Topic(@Nullable String name, @Nullable String url, List<Item> items) {}

    record Item(
            String title,
            @Nullable String url,
            String colour,
            List<Paragraph> paragraphs,
            List<Button> buttons,
            @Nullable String image,
            List<Picture> pictures,
            List<File> files) {}

    /** A picture that the mail brings. */
    record Picture(String source, String name) {}

    /** A file that is not in the mail; its name, and its address where it has one. */
    record File(String name, @Nullable String url) {}

    /** @param first the one that matters most */
    record Button(String label, String url, boolean first) {}

    record Paragraph(List<Line> lines) {}

    record Line(String text, boolean first) {}

    static Page of(Letter letter, LayoutSettings settings, Footing footing) {
        Words words = Words.in(letter.locale());
        String footer = settings.footer();
        return new Page(
                letter.locale().toLanguageTag(),
                direction(letter.locale()),
                letter.subject(),
                preview(letter),
                letter.headline(),
                settings.product(),
                settings.logo(),
                settings.accent(),
                colour(letter.level(), settings.accent()),
                groups(letter, settings.accent()),
                letter.more() > 0 ? words.more(letter.more()) : null,
                footer == null ? words.footer() : footer,
                settings.address(),
                footing.unsubscribe(),
                words.unsubscribe(),
                footing.preferences(),
                words.preferences(),
                footing.pixel(),
                "");
    }

    /** The same around what a template made of it. */
    Page around(String filled) {
        return new Page(
                language,
                direction,
                subject,
                preview,
                headline,
                product,
                logo,
                brand,
                accent,
                groups,
                more,
                footer,
                address,
                unsubscribe,
                unsubscribeLabel,
                preferences,
                preferencesLabel,
                pixel,
                filled);
    }

    private static List<Group> groups(Letter letter, String accent) {
        return letter.groups().stream()
                .map(group -> new Group(
                        group.name(),
                        group.topics().stream()
                                .map(topic -> new Topic(topic.name(), topic.url(), items(topic, accent)))
                                .toList()))
                .toList();
    }

    private static List<Item> items(Letter.Topic topic, String accent) {
        return topic.entries().stream()
                .map(entry -> new Item(
                        entry.title(),
                        entry.url(),
                        colour(entry.level(), accent),
                        paragraphs(entry.body()),
                        buttons(entry.buttons()),
                        entry.image(),
                        pictures(entry.pictures()),
                        entry.files().stream()
                                .map(file -> new File(file.name(), file.url()))
                                .toList()))
                .toList();
    }

    private static List<Picture> pictures(List<String> names) {
        List<Picture> pictures = new ArrayList<>(names.size());
        for (String name : names) {
            pictures.add(new Picture("cid:" + Multipart.contentId(pictures.size()), name));
        }
        return pictures;
    }

    private static List<Button> buttons(List<Letter.Button> all) {
        List<Button> buttons = new ArrayList<>(all.size());
        for (Letter.Button button : all) {
            buttons.add(new Button(button.label(), button.url(), buttons.isEmpty()));
        }
        return buttons;
    }

    /** What mail programs show beside the subject: the body's beginning, or the title of the first that was merged. */
    private static String preview(Letter letter) {
        Letter.Entry first = letter.first();
        String text = letter.merged() ? first.title() : first.body();
        if (text == null) {
            return "";
        }
        return text.codePointCount(0, text.length()) <= PREVIEW_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, PREVIEW_LENGTH)) + "…";
    }

    private static List<Paragraph> paragraphs(@Nullable String body) {
        List<Paragraph> paragraphs = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (String line : body == null ? List.<String>of() : body.lines().toList()) {
            if (!line.isBlank()) {
                lines.add(new Line(line.stripTrailing(), lines.isEmpty()));
            } else if (!lines.isEmpty()) {
                paragraphs.add(new Paragraph(List.copyOf(lines)));
                lines.clear();
            }
        }
        if (!lines.isEmpty()) {
            paragraphs.add(new Paragraph(List.copyOf(lines)));
        }
        return paragraphs;
    }

    /** Each at least 4.5:1 against white, the button's text; plain news has the product's own. */
    private static String colour(@Nullable Level level, String accent) {
        return switch (level) {
            case null -> accent;
            case INFO -> accent;
            case SUCCESS -> "#1c7a43";
            case WARNING -> "#a35a00";
            case ERROR -> "#c0312b";
        };
    }

    private static String direction(Locale locale) {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }
}
