package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.UUID;

/**
 * A row whose place in its group a newer one has taken.
 *
 * @param at when, the same whenever it is told
 */
record Replaced(RecipientId recipient, UUID id, UUID by, Instant at) {
    FeedKey key() {
        return new FeedKey(recipient, id);
    }
}
