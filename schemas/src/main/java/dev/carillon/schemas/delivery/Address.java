package dev.carillon.schemas.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Where and how a recipient is reached, as the router knew it at the decision.
 *
 * @param email null where she has none
 * @param locale BCP 47 tag; null means the installation's default
 * @param timeZone IANA zone id; null means the installation's default
 */
public record Address(
        @Nullable String email,
        @Nullable String name,
        @Nullable String locale,
        @Nullable String timeZone) {

    /** Of somebody who was never registered. */
    public static Address unknown() {
        return new Address(null, null, null, null);
    }
}
