package dev.carillon.email.attachment;

import org.jspecify.annotations.Nullable;

/** What became of a fetch. */
sealed interface Fetched {
    /** @param type MIME type as its server said it; null where it said none */
    record Content(byte[] bytes, @Nullable String type) implements Fetched {}

    /** Too many others are being fetched; it was not asked for. */
    record NotBegun() implements Fetched {}

    /** It may be there later. */
    record Unavailable(String why) implements Fetched {}

    /** It will not be there, or must not be fetched. */
    record Refused(String why) implements Fetched {}
}
