package dev.carillon.platform.rendering;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a text, and where.
 *
 * @param name null where it is not known
 */
public record Reader(RecipientId recipient, @Nullable String name, Locale locale, Channel channel) {}
