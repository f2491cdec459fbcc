package dev.carillon.schemas.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Mustache texts of a type, for one channel and locale or for all.
 *
 * @param channel null: every channel without its own
 * @param locale BCP 47 tag; null: every locale without its own ({@code de-AT} falls back to {@code de}, then to this)
 * @param subject the subject line of a mail; null means the title
 * @param merged for several notifications told together, of which it reads {@code count}, {@code items}, {@code first},
 *     {@code last}, {@code more} and {@code groups}; the others are for one
 */
public record Template(
        @Nullable Channel channel,
        @Nullable String locale,
        @Nullable String title,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String actionUrl,
        @JsonInclude(Include.NON_DEFAULT) boolean merged) {

    /** Of one notification. */
    public Template(
            @Nullable Channel channel,
            @Nullable String locale,
            @Nullable String title,
            @Nullable String subject,
            @Nullable String body,
            @Nullable String actionUrl) {
        this(channel, locale, title, subject, body, actionUrl, false);
    }
}
