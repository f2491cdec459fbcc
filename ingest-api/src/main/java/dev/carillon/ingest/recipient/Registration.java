package dev.carillon.ingest.recipient;

import org.jspecify.annotations.Nullable;

/**
 * What an upstream service says of a recipient. Her own preferences come first where both name a locale or a zone.
 *
 * @param locale BCP 47 tag
 * @param timeZone IANA zone id
 */
record Registration(
        @Nullable String name,
        @Nullable String email,
        @Nullable String locale,
        @Nullable String timeZone) {}
