package dev.carillon.router.fanout;

import dev.carillon.schemas.recipient.RecipientId;

/**
 * Somebody whom an event is for.
 *
 * @param direct whether she was named herself, not reached through an audience or a broadcast only
 */
public record Reached(RecipientId recipient, boolean direct) {}
