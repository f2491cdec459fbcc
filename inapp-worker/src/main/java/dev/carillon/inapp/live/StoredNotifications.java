package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the feed has stored, for clients that come without a place to resume from. Items are as clients get them. */
public interface StoredNotifications {
    /**
     * What no client has acknowledged, marked as replayed: queued ones of the last 24 hours, the newest 100, oldest first.
     */
    List<?> unacknowledged(RecipientId recipient);

    /**
     * What came strictly later, oldest first.
     *
     * @param after of several at {@code since} the last that is known; null where none of them is
     */
    Later later(RecipientId recipient, Instant since, @Nullable UUID after, int limit);

    /**
     * A portion.
     *
     * @param lastAt when the last of it came, with {@code lastId}; both null for an empty one
     * @param more whether others follow
     */
    record Later(
            List<?> items,
            @Nullable Instant lastAt,
            @Nullable UUID lastId,
            boolean more) {}
}
