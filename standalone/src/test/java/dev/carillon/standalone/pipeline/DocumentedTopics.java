package dev.carillon.standalone.pipeline;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads every topic that there is from its beginning, and holds each record against docs/asyncapi as it comes. */
final class DocumentedTopics implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final AsyncApiContract contract;
    private final String router;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> documented;
    private final Set<String> silent;
    private final Set<String> missing;
    private final Set<String> problems = new TreeSet<>();
    private final Set<String> keys = new HashSet<>();

    DocumentedTopics(KafkaClients clients, Topics topics) throws IOException {
        this.contract = AsyncApiContract.read();
        this.router = topics.group(Service.ROUTER_STREAM, "");
        this.documented = Set.copyOf(contract.topics());
        this.silent = new TreeSet<>(documented);
        this.missing = contract.kinds();
        Map<String, Object> props = clients.readerProps(Service.INGEST_API, "document");
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        props.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(props);
        assignAll();
    }

    /** Goes on where it is in those that it reads already. */
    private void assignAll() {
        consumer.assign(consumer.listTopics().entrySet().stream()
                .filter(topic -> !isInternal(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
    }

    /** Of the broker, or a changelog of the router's stores. */
    private boolean isInternal(String topic) {
        return topic.startsWith("__") || (topic.startsWith(router + "-") && topic.endsWith("-changelog"));
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

    /** Reads what is there now, of topics that are new too. */
    void readToTheEnd() {
        assignAll();
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
        if (!documented.contains(record.topic())) {
            problems.add(record.topic() + " is no topic of the document");
            return;
        }
        if (Arrays.equals(record.value(), ByKafka.POISON)) {
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
