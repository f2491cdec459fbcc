package dev.carillon.schemas.delivery;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that ended without success, kept whole so that it can be replayed once the cause is gone.
 *
 * @param reason stable code, see {@link dev.carillon.schemas.outcome.Reason}
 * @param detail for people: what was expected and what came
 * @param valueBase64 the record's value, byte for byte; null for a tombstone, for a record of {@code types}, and for a
 *     value that is too large to be kept: topic, partition and offset then say where it is
 * @param headers of the record, in their order, without which some are not what they were: the attributes of a CloudEvent are
 *     here. Empty in the router's letters: what it reads says everything in its value, but for a setting's deletion, which has
 *     none and cannot be replayed
 */
public record DeadLetter(
        String reason,
        String detail,
        Instant at,
        String topic,
        int partition,
        long offset,
        @Nullable String keyBase64,
        @Nullable String valueBase64,
        @JsonInclude(Include.NON_EMPTY) List<Header> headers) {

    public DeadLetter {
        headers = headers == null ? List.of() : List.copyOf(headers);
    }

    /** Of a record without headers. */
    public DeadLetter(
            String reason,
            String detail,
            Instant at,
            String topic,
            int partition,
            long offset,
            @Nullable String keyBase64,
            @Nullable String valueBase64) {
        this(reason, detail, at, topic, partition, offset, keyBase64, valueBase64, List.of());
    }

    /**
     * A header of a record on Kafka.
     *
     * @param valueBase64 null where it has no value
     */
    public record Header(String name, @Nullable String valueBase64) {
        public Header {
            requireNonNull(name, "name is missing");
        }

        public static Header of(String name, byte @Nullable [] value) {
            return new Header(name, encode(value));
        }

        /** @throws IllegalArgumentException where it is no Base64 */
        public byte @Nullable [] value() {
            return decode(valueBase64);
        }
    }

    /** The same without key, value and headers. */
    public DeadLetter withoutRecord() {
        return new DeadLetter(reason, detail, at, topic, partition, offset, null, null);
    }

    public static @Nullable String encode(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException where it is no Base64 */
    public static byte @Nullable [] decode(@Nullable String base64) {
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }
}
