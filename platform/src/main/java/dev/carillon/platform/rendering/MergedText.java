package dev.carillon.platform.rendering;

import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of several notifications where their type has no words for it: how many, and the titles of the last. */
final class MergedText {
    private static final int TITLES = 5;

    private MergedText() {}

    /** @param type of all of them; null where they have several */
    static String title(int count, @Nullable NotificationType type, Locale locale) {
        String title = MergedTitle.of(count, locale);
        String label = type == null ? null : type.label();
        return label == null ? title : label + ": " + title;
    }

    static String body(List<Notification> items) {
        return items.reversed().stream()
                .limit(TITLES)
                .map(item -> String.valueOf(item.content().title()))
                .collect(Collectors.joining("\n"));
    }

    /** Where all lead to, if all lead to the same. */
    static @Nullable String link(List<Notification> items) {
        Content last = items.getLast().content();
        String link = last.actionUrl();
        return link != null
                        && items.stream()
                                .allMatch(item -> link.equals(item.content().actionUrl()))
                ? link
                : null;
    }
}
