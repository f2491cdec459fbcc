package dev.carillon.email.layout;

import dev.carillon.schemas.event.Level;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, before it has a look. All texts are plain; whoever shows them escapes them.
 *
 * @param headline the first thing that is read
 * @param entries one for a single notification, several for a merged one
 * @param more how many further ones are not listed
 */
record Letter(String subject, String headline, List<Entry> entries, int more, Level level, Locale locale) {

    Letter {
        entries = List.copyOf(entries);
    }

    boolean merged() {
        return entries.size() > 1 || more > 0;
    }

    /**
     * One notification.
     *
     * @param url where it leads, absolute http or https
     * @param image absolute https address of a picture
     */
    record Entry(
            String title,
            @Nullable String body,
            @Nullable String url,
            List<Button> buttons,
            @Nullable String image) {
        Entry {
            buttons = List.copyOf(buttons);
        }
    }

    /** A link that asks for something to be done. */
    record Button(String label, String url) {}
}
