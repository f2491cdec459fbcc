package dev.carillon.platform.auth;

import dev.carillon.schemas.recipient.RecipientId;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the token's {@code sub}, and its {@code sid} where it names a session. Controllers take it as an argument.
 */
public record EndUser(RecipientId id, @Nullable String session) {}
