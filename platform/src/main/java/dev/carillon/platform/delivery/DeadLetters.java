package dev.carillon.platform.delivery;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Turns a record that cannot succeed into its dead letter, in the partition of the same number. */
public final class DeadLetters {
    /** Bytes; ours are ids and uids. */
    private static final int LONGEST_KEY = 4_096;

    private final TopicSpec topic;
    private final Clock clock;

    public DeadLetters(TopicSpec topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /** The dead letter of {@code record}, byte for byte. */
    public OutgoingRecord of(ConsumerRecord<byte[], byte[]> record, Reason reason, String detail) {
        List<Header> headers = Stream.of(record.headers().toArray())
                .map(header -> Header.of(header.key(), header.value()))
                .toList();
        return of(record, reason, detail, record.key(), record.value(), headers);
    }

    /**
     * The dead letter of a record that is too large to be repeated in one: it only says where the record lies, and its key
     * where that is not too large itself.
     */
    private OutgoingRecord withoutValue(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key() == null || record.key().length > LONGEST_KEY ? null : record.key();
        return of(
                record,
                Reason.TOO_LARGE,
                "too large to be kept here; it lies where it came from",
                key,
                null,
                List.of());
    }

    /**
     * Sends records until the broker has acknowledged them, and in place of one that is too large for it the dead letter
     * without value of what it came from.
     *
     * @param origins of the records that may be too large
     */
    public void sendUntilAcknowledged(
            RecordSender sender,
            List<OutgoingRecord> records,
            Map<OutgoingRecord, ConsumerRecord<byte[], byte[]>> origins)
            throws InterruptedException {
        List<OutgoingRecord> instead = sender.sendUntilAcknowledged(records).stream()
                .flatMap(tooLarge -> Stream.ofNullable(origins.get(tooLarge)))
                .map(this::withoutValue)
                .toList();
        List<OutgoingRecord> _ = sender.sendUntilAcknowledged(instead);
    }

    private OutgoingRecord of(
            ConsumerRecord<byte[], byte[]> record,
            Reason reason,
            String detail,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        DeadLetter letter = new DeadLetter(
                reason.code(),
                detail,
                clock.instant(),
                record.topic(),
                record.partition(),
                record.offset(),
                DeadLetter.encode(key),
                DeadLetter.encode(value),
                headers);
        int partition = record.partition() % topic.partitions();
        return new OutgoingRecord(topic, partition, key, Json.write(letter), List.of());
    }
}
