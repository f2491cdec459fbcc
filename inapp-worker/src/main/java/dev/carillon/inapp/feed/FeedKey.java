package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.UUID;

/** What names a row. */
record FeedKey(RecipientId recipient, UUID id) {}
