package dev.carillon.schemas.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a recipient is reached, as the router knew it at the decision.
 *
 * @param email null where she has none
 * @param locale BCP 47 tag; null means the installation's default
 * @param timeZone IANA zone id; null means the installation's default
 * @param doNotTrack whether nobody may learn when she opens a mail or follows its links
 */
public record Address(
        @Nullable String email,
        @Nullable String name,
        @Nullable String locale,
        @Nullable String timeZone,
        @JsonInclude(Include.NON_DEFAULT) boolean doNotTrack) {

    /** Of somebody who said nothing about tracking. */
    public Address(@Nullable String email, @Nullable String name, @Nullable String locale, @Nullable String timeZone) {
        this(email, name, locale, timeZone, false);
    }

    /** Of somebody who was never registered. */
    public static Address unknown() {
        return new Address(null, null, null, null);
    }
}
