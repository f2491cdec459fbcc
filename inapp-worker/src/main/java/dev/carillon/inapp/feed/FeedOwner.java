package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;

/** Whose feed a call is about: the calling user's, or, with {@code scope=session}, that of her session. */
record FeedOwner(RecipientId id) {}
