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
        String accent,
        List<Item> entries,
        @Nullable String more,
        String footer) {

    private static final int PREVIEW_LENGTH = 140;
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "iw", "ur", "yi");

    record Item(
            boolean listed,
            String title,
            @Nullable String url,
            List<Paragraph> paragraphs,
            List<Letter.Button> buttons,
            @Nullable String image) {}

    record Paragraph(List<Line> lines) {}

    record Line(String text, boolean first) {}

    static Page of(Letter letter, LayoutSettings settings) {
        Words words = Words.in(letter.locale());
        boolean merged = letter.merged();
        List<Item> items = new ArrayList<>(letter.entries().size());
        for (Letter.Entry entry : letter.entries()) {
            items.add(new Item(
                    merged, entry.title(), entry.url(), paragraphs(entry.body()), entry.buttons(), entry.image()));
        }
        String footer = settings.footer();
        return new Page(
                letter.locale().toLanguageTag(),
                direction(letter.locale()),
                letter.subject(),
                preview(letter),
                letter.headline(),
                settings.product(),
                accent(letter.level()),
                items,
                letter.more() > 0 ? words.more(letter.more()) : null,
                footer == null ? words.footer() : footer);
    }

    /** What mail programs show beside the subject: the body's beginning, or the titles of what was merged. */
    private static String preview(Letter letter) {
        Letter.Entry first = letter.entries().getFirst();
        String text = letter.merged() ? first.title() : first.body();
        if (text == null) {
            return "";
        }
        return text.length() <= PREVIEW_LENGTH ? text : text.substring(0, PREVIEW_LENGTH) + "…";
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

    /** Each at least 4.5:1 against white, the button's text. */
    private static String accent(Level level) {
        return switch (level) {
            case INFO -> "#2563c9";
            case SUCCESS -> "#1c7a43";
            case WARNING -> "#a35a00";
            case ERROR -> "#c0312b";
        };
    }

    private static String direction(Locale locale) {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }
}
