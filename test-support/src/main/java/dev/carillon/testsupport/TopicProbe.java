package dev.carillon.testsupport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Writes to topics and reads whole topics from their beginning, committed records only, without any consumer group. */
public record TopicProbe(String bootstrapServers) {

    private static final Duration POLL = Duration.ofMillis(50);

    public void createTopic(String topic, int partitions) {
        createTopic(topic, partitions, Map.of());
    }

    /**
     * Returns when the leaders answer: of an idempotent producer whose first batch is refused for want of one, and whose second
     * is not, the first is refused for its sequence until it is given up (KAFKA-14359).
     */
    public void createTopic(String topic, int partitions, Map<String, String> settings) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
            Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            // A broker that has not heard of the topic yet says so once, and the client does not ask again.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(POLL)
                    .ignoreExceptionsMatching(e -> e.getCause() instanceof RetriableException)
                    .until(() -> admin.listOffsets(ends).all().get() != null);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Cannot create topic " + topic, e);
        }
    }

    /** Returns when the broker has acknowledged the record. */
    public RecordMetadata send(String topic, @Nullable Integer partition, String key, byte @Nullable [] value) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Cannot write to topic " + topic, e);
        }
    }

    /**
     * Reads until the records, in the order of their partitions, satisfy the condition.
     *
     * @throws AssertionError with the records so far, after the wait
     */
    public List<ConsumerRecord<byte[], byte[]>> readUntil(
            String topic, Duration wait, Predicate<List<ConsumerRecord<byte[], byte[]>>> satisfied) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            long deadline = System.nanoTime() + wait.toNanos();
            while (!satisfied.test(records)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("After %s topic %s holds %d records: %s"
                            .formatted(wait, topic, records.size(), describe(records)));
                }
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** Reads what was committed when it began; transactions that are open then are waited for. */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** The text of a record's value; "null" for a tombstone. */
    public static String text(ConsumerRecord<byte[], byte @Nullable []> record) {
        byte[] value = record.value();
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }

    private KafkaConsumer<byte[], byte[]> consumer(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static List<String> describe(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().limit(20).map(TopicProbe::text).toList();
    }
}
