package dev.carillon.schemas.delivery;

import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A record that ended without success, kept whole so that it can be replayed once the cause is gone.
 *
 * @param reason stable code, see {@link dev.carillon.schemas.outcome.Reason}
 * @param detail for people: what was expected and what came
 * @param valueBase64 the record's value, byte for byte; null for a tombstone
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

    public static @Nullable String encode(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
