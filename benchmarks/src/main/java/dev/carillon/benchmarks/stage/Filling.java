package dev.carillon.benchmarks.stage;

import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts records into a topic as fast as possible, for somebody else to work off. */
public final class Filling {
    private Filling() {}

    /**
     * One record.
     *
     * @param recipient who owns it, and so its partition; null in a topic of one partition
     * @param value written as JSON; null for a tombstone
     */
    public record Entry(
            String key,
            @Nullable String recipient,
            @Nullable Object value) {}

    /** Sends entries 0 to {@code count} - 1 and returns when all are acknowledged. */
    public static void fill(BrokerProcess broker, String topic, int count, IntFunction<Entry> entries) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "batch.size",
                128 << 10,
                "buffer.memory",
                64L << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                Entry entry = entries.apply(i);
                String recipient = entry.recipient();
                int partition = recipient == null ? 0 : Partitions.of(new RecipientId(recipient), Services.PARTITIONS);
                byte[] value = entry.value() == null ? null : Json.write(entry.value());
                var _ = producer.send(
                        new ProducerRecord<>(topic, partition, Samples.key(entry.key()), value),
                        (metadata, problem) -> {
                            if (problem != null) {
                                failure.set(problem);
                            }
                        });
            }
        }
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("not all of " + topic + " is filled", problem);
        }
    }
}
