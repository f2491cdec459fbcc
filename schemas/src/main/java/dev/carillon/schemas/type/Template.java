package dev.carillon.schemas.type;

import dev.carillon.schemas.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Mustache texts of a type, for one channel and locale or for all.
 *
 * @param channel null: every channel without its own
 * @param locale BCP 47 tag; null: every locale without its own ({@code de-AT} falls back to {@code de}, then to this)
 * @param subject the subject line of a mail; null means the title
 */
public record Template(
        @Nullable Channel channel,
        @Nullable String locale,
        @Nullable String title,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String actionUrl) {}
