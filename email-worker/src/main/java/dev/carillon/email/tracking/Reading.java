package dev.carillon.email.tracking;

import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reader did with a mail.
 *
 * @param what {@code clicked} or {@code opened}
 * @param first of the notifications that the mail told
 * @param type of the mail; null where it told of several
 * @param made when the mail was
 * @param activity as the router hears of it
 */
record Reading(String what, NotificationId first, @Nullable String type, Instant made, Activity activity) {
    /** What makes another the same. */
    record Name(String what, NotificationId first) {}

    Name name() {
        return new Name(what, first);
    }

    RecipientId recipient() {
        return activity.recipient();
    }
}
