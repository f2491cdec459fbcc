package dev.carillon.router.runtime;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** What Kafka Streams is told. {@code spring.kafka.*} says where and how to connect. */
final class StreamsProperties {
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;
    private static final int REQUEST_TIMEOUT_MS = 8_000;
    /**
     * A request for the next transaction is refused while the markers of the one before are being written, which takes some
     * milliseconds at every commit; by default it is repeated after 100 ms (KAFKA-20000).
     * While the coordinator is away it is asked as often.
     */
    private static final int RETRY_BACKOFF_MS = 5;
    /**
     * Requests to one broker that are not answered yet. With one, what comes meanwhile makes up the next: where much comes,
     * batches grow by themselves, and where little comes nothing waits (ADR 041).
     */
    private static final int IN_FLIGHT = 1;

    private final KafkaProperties kafka;
    private final Topics topics;
    private final RouterSettings settings;

    StreamsProperties(KafkaProperties kafka, Topics topics, RouterSettings settings) {
        this.kafka = kafka;
        this.topics = topics;
        this.settings = settings;
    }

    Properties with(StoreMemory memory) {
        Properties all = new Properties();
        all.putAll(kafka.buildStreamsProperties());
        String application = topics.group(Service.ROUTER_STREAM, "");
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        all.put(StreamsConfig.CLIENT_ID_CONFIG, application + "." + settings.instanceName());
        all.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.stateDir().toAbsolutePath().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.settings().replicationFactor());
        topics.settings().ofEveryTopic().forEach((name, value) -> all.put(StreamsConfig.topicPrefix(name), value));
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        all.put(StreamsConfig.POLL_MS_CONFIG, settings.pollInterval().toMillis());
        // What is collected for many records in memory would be missing from the changelog after a rebalance.
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        // Small, so that a direct event never waits behind more than this many bulk ones.
        all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 50);
        // Only silences a warning about the next major version; nothing is processed there.
        all.put("processing.exception.handler.global.enabled", true);
        all.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStores.class);
        all.put(BoundedStores.MEMORY, memory);
        // What is lost on its way is sent again before the transaction that it belongs to is given up.
        all.put(StreamsConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        consumer().forEach((key, value) -> all.put(StreamsConfig.mainConsumerPrefix(key), value));
        producer().forEach((key, value) -> all.put(StreamsConfig.producerPrefix(key), value));
        return all;
    }

    /** @param busy whether the calling thread has work that waits for no record */
    KafkaClientSupplier clients(BooleanSupplier busy) {
        return new RouterClients(topics.intake(Lane.BULK).name(), busy);
    }

    /** A known instance that comes back within the session's time-out takes over where it was, at once. */
    private Map<String, Object> consumer() {
        return Map.of(
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                settings.instanceName(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                3_000,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                KafkaClients.MAX_POLL_INTERVAL_MS,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                100,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
    }

    /** No linger: the in-app worker reads what is not committed yet. A dead router's transaction ends after 10 s. */
    private static Map<String, Object> producer() {
        return Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                1,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                IN_FLIGHT,
                ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
                RETRY_BACKOFF_MS,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_TIMEOUT_MS,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 << 10);
    }
}
