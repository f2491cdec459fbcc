package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;

/**
 * What a reader asked for.
 *
 * @param answered whether with 200; otherwise it may or may not have happened, also much later
 */
public record Marked(String recipient, NotificationId id, Kind kind, boolean answered) {

    /** What is asked for. */
    public enum Kind {
        READ,
        UNREAD,
        ARCHIVED,
        UNARCHIVED,
        /** Away for a while, then back in the list and unread. */
        SNOOZED,
        DISMISSED
    }
}
