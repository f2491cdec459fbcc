package dev.carillon.standalone.pipeline;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads every topic of the composition from its beginning, and holds each record against docs/asyncapi as it comes. */
final class DocumentedTopics implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final AsyncApiContract contract;
    private final byte[] poison;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> silent;
    private final Set<String> missing;
    private final Set<String> problems = new TreeSet<>();
    private final Set<String> keys = new HashSet<>();

    /** @param poison what tests write so that it is refused */
    DocumentedTopics(KafkaClients clients, byte[] poison) throws IOException {
        this.contract = AsyncApiContract.read();
        this.poison = poison;
        this.silent = new TreeSet<>(contract.topics());
        this.missing = contract.kinds();
        Map<String, Object> props = clients.readerProps(Service.INGEST_API, "document");
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.consumer = new KafkaConsumer<>(props);
        List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> silent.contains(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Names of topics that the document has and that had no record. */
    Set<String> silent() {
        return silent;
    }

    /** Kinds of records that the document has and that did not come. */
    Set<String> missing() {
        return missing;
    }

    /** What is against the document. */
    Set<String> problems() {
        return problems;
    }

    /** Whether a topic had a record of this key. */
    boolean had(String topic, String key) {
        return keys.contains(topic + " " + key);
    }

    /** Reads on until something is so, at most for {@code wait}. */
    void readUntil(Duration wait, BooleanSupplier satisfied) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (!satisfied.getAsBoolean() && System.nanoTime() < deadline) {
            poll();
        }
    }

    /** Reads what is there now. */
    void readToTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
    }

    private void poll() {
        consumer.poll(POLL).forEach(this::take);
    }

    private void take(ConsumerRecord<byte[], byte @Nullable []> record) {
        if (record.key() != null) {
            keys.add(record.topic() + " " + new String(record.key(), StandardCharsets.UTF_8));
        }
        if (Arrays.equals(record.value(), poison)) {
            return;
        }
        silent.remove(record.topic());
        String kind = contract.kind(record);
        if (kind != null) {
            missing.remove(kind);
        }
        contract.problem(record).ifPresent(problems::add);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
