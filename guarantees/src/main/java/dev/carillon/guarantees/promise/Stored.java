package dev.carillon.guarantees.promise;

import dev.carillon.schemas.notification.NotificationId;

/**
 * A row of a feed.
 *
 * @param archived whether it is in the archive instead of the list
 * @param woken whether it came back from being snoozed, and stands where it came back
 */
public record Stored(NotificationId id, String token, boolean read, boolean archived, boolean woken) {

    /** One that stands in the list where it always did. */
    public Stored(NotificationId id, String token, boolean read) {
        this(id, token, read, false, false);
    }
}
