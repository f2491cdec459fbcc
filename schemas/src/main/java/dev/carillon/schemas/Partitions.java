package dev.carillon.schemas;

import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The only partitioner of everything that a recipient owns: murmur2 of the bare id's UTF-8 bytes, modulo the number of
 * partitions. It equals Kafka's default partitioner for a key of exactly those bytes, so a plain producer that keys by
 * the bare id agrees with it.
 */
public final class Partitions {
    private Partitions() {}

    /** The partition that owns {@code recipient} among {@code partitions} (at least 1). */
    public static int of(RecipientId recipient, int partitions) {
        return of(recipient.value().getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** As {@link #of(RecipientId, int)}, for the bare id's UTF-8 bytes. */
    public static int of(byte[] recipientUtf8, int partitions) {
        return Utils.toPositive(Utils.murmur2(recipientUtf8)) % partitions;
    }
}
