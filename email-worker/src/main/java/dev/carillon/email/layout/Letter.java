package dev.carillon.email.layout;

import dev.carillon.schemas.event.Level;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, before it has a look. All texts are plain; whoever shows them escapes them.
 *
 * @param headline the first thing that is read
 * @param groups what it tells; one with one topic of one entry for a single notification
 * @param merged whether it tells of several
 * @param more how many further ones are not listed
 */
record Letter(
        String subject,
        String headline,
        List<Group> groups,
        boolean merged,
        int more,
        @Nullable Level level,
        Locale locale) {

    Letter {
        groups = List.copyOf(groups);
    }

    Entry first() {
        return groups.getFirst().topics().getFirst().entries().getFirst();
    }

    /**
     * Entries of one category.
     *
     * @param name null where the mail has only one category, or they have none
     */
    record Group(@Nullable String name, List<Topic> topics) {
        Group {
            topics = List.copyOf(topics);
        }
    }

    /**
     * Entries about one thing.
     *
     * @param name null where they name none
     * @param url where the thing is, absolute http or https
     */
    record Topic(@Nullable String name, @Nullable String url, List<Entry> entries) {
        Topic {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One notification.
     *
     * @param url where it leads, absolute http or https
     * @param image absolute https address of a picture
     * @param level null where nobody said one
     * @param pictures names of those that the mail brings and shows here
     * @param files that the mail does not bring
     */
    record Entry(
            String title,
            @Nullable String body,
            @Nullable String url,
            List<Button> buttons,
            @Nullable String image,
            @Nullable Level level,
            List<String> pictures,
            List<File> files) {
        Entry {
            buttons = List.copyOf(buttons);
            pictures = List.copyOf(pictures);
            files = List.copyOf(files);
        }
    }

    /**
     * A file of a notification.
     *
     * @param url absolute https address; null where it has none
     */
    record File(String name, @Nullable String url) {}

    /** A link that asks for something to be done. */
    record Button(String label, String url) {}
}
