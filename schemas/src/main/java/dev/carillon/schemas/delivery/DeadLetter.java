package dev.carillon.schemas.delivery;

import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A record that ended without success, kept whole so that it can be replayed once the cause is gone.
 *
 * @param reason stable code, see {@link dev.carillon.schemas.outcome.Reason}
 * @param detail for people: what was expected and what came
 * @param valueBase64 the record's value, byte for byte; null for a tombstone, and for a value that is too
 *     large to be kept: topic, partition and offset then say where it is
 */
public record DeadLetter(
        String reason,
        String detail,
        Instant at,
        String topic,
        int partition,
        long offset,
        @Nullable String keyBase64,
        @Nullable String valueBase64) {

    /** The same without key and value. */
    public DeadLetter withoutRecord() {
        return new DeadLetter(reason, detail, at, topic, partition, offset, null, null);
    }

    public static @Nullable String encode(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
