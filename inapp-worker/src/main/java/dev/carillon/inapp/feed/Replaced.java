package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.UUID;

/** A row whose place in its group a newer one has taken. */
record Replaced(RecipientId recipient, UUID id, UUID by) {
    FeedKey key() {
        return new FeedKey(recipient, id);
    }
}
