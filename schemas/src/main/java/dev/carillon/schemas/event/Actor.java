package dev.carillon.schemas.event;

import dev.carillon.schemas.recipient.RecipientId;
import org.jspecify.annotations.Nullable;

/** Who caused an event. */
public record Actor(RecipientId id, @Nullable String name) {}
