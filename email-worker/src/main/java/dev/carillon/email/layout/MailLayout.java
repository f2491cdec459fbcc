package dev.carillon.email.layout;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The look of mails: the same page as text and as HTML. One template says what a single notification or a digest shows,
 * and one for both what stands around it.
 */
final class MailLayout {
    private static final Set<String> NAMES =
            Set.of("frame.html", "single.html", "digest.html", "frame.txt", "single.txt", "digest.txt");

    private final LayoutFile frameHtml;
    private final LayoutFile singleHtml;
    private final LayoutFile digestHtml;
    private final LayoutFile frameText;
    private final LayoutFile singleText;
    private final LayoutFile digestText;

    /**
     * @param directory whose files take the place of the built-in ones; null: none do
     * @throws IllegalArgumentException naming file, line and column where one of them is broken, or one that has none of
     *     their names
     */
    MailLayout(@Nullable Path directory) {
        LayoutFile.requireKnown(directory, NAMES);
        this.frameHtml = LayoutFile.read(directory, "frame.html");
        this.singleHtml = LayoutFile.read(directory, "single.html");
        this.digestHtml = LayoutFile.read(directory, "digest.html");
        this.frameText = LayoutFile.read(directory, "frame.txt");
        this.singleText = LayoutFile.read(directory, "single.txt");
        this.digestText = LayoutFile.read(directory, "digest.txt");
    }

    String html(Page page, boolean digest) {
        return frameHtml.fill(page.around((digest ? digestHtml : singleHtml).fill(page)));
    }

    String text(Page page, boolean digest) {
        return frameText.fill(page.around((digest ? digestText : singleText).fill(page)));
    }
}
