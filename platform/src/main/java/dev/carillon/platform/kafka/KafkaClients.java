package dev.carillon.platform.kafka;

import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** Makes clients of the broker: keys and values are bytes, {@code spring.kafka.*} says where and how to connect. */
public final class KafkaClients {
    /** After a kill the others go on this much later. */
    private static final int SESSION_TIMEOUT_MS = 10_000;

    /**
     * A member whose thread hangs leaves its partitions to others after this: a group that changes waits for it. What it had begun is
     * done again.
     */
    public static final int MAX_POLL_INTERVAL_MS = 60_000;

    /** How soon a member learns that its group has changed. */
    private static final int HEARTBEAT_MS = 1_000;

    private final KafkaProperties properties;
    private final Topics topics;

    public KafkaClients(KafkaProperties properties, Topics topics) {
        this.properties = properties;
        this.topics = topics;
    }

    /** Settings of a consumer in the group of {@code service} and {@code role}; offsets are committed by hand. */
    public Map<String, Object> consumerProps(Service service, String role) {
        Map<String, Object> props = new HashMap<>(properties.buildConsumerProperties());
        props.put(ConsumerConfig.GROUP_ID_CONFIG, topics.group(service, role));
        props.put(ConsumerConfig.CLIENT_ID_CONFIG, topics.group(service, role));
        // The newer protocol's client spins while its broker is away (ADR 028).
        props.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        props.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        props.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        props.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        props.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MS);
        props.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        props.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        props.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        props.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return props;
    }

    /** Settings of a reader in no group, which chooses its partitions and where to begin by itself. */
    public Map<String, Object> readerProps(Service service, String role) {
        Map<String, Object> props = consumerProps(service, role);
        props.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return props;
    }

    /** A consumer of committed records only, at most {@code batchSize} in a poll. */
    public Consumer<byte[], byte[]> committedReader(Service service, String role, int batchSize) {
        return consumer(consumerProps(service, role), IsolationLevel.READ_COMMITTED, batchSize);
    }

    /**
     * The same for what nobody waits for: it is given what comes within 100 ms together, so that broker and database are
     * not asked once for every record.
     */
    public Consumer<byte[], byte[]> gatheringReader(Service service, String role, int batchSize) {
        Map<String, Object> props = consumerProps(service, role);
        props.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 * 1024);
        props.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return consumer(props, IsolationLevel.READ_COMMITTED, batchSize);
    }

    /**
     * One of several consumers of a group in this process, of records that may still be taken back.
     *
     * @param number tells it from the others
     */
    public Consumer<byte[], byte[]> uncommittedReader(Service service, String role, int number, int batchSize) {
        Map<String, Object> props = consumerProps(service, role);
        props.merge(ConsumerConfig.CLIENT_ID_CONFIG, number, (id, suffix) -> id + "-" + suffix);
        return consumer(props, IsolationLevel.READ_UNCOMMITTED, batchSize);
    }

    private static Consumer<byte[], byte[]> consumer(
            Map<String, Object> props, IsolationLevel isolation, int batchSize) {
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString().toLowerCase(Locale.ROOT));
        props.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize);
        return new KafkaConsumer<>(props);
    }

    /**
     * Settings of a producer that acknowledges from all replicas and gives up soon enough for a caller who waits: a
     * record is acknowledged or failed within 2.5 s.
     */
    public Map<String, Object> producerProps(Service service, String role) {
        Map<String, Object> props = new HashMap<>(properties.buildProducerProperties());
        props.put(ProducerConfig.CLIENT_ID_CONFIG, topics.group(service, role));
        props.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        props.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        props.put(ProducerConfig.ACKS_CONFIG, "all");
        props.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        props.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        props.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        props.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        props.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        props.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        props.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_500);
        props.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return props;
    }

    public Producer<byte[], byte[]> producer(Service service, String role) {
        return new KafkaProducer<>(producerProps(service, role));
    }

    /**
     * A producer that keeps the order of what it is given also while a partition is without leader: it gives up only after
     * five minutes, for an idempotent producer keeps the order of what does not expire.
     */
    public Producer<byte[], byte[]> patientProducer(Service service, String role) {
        Map<String, Object> props = producerProps(service, role);
        props.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 300_000);
        return new KafkaProducer<>(props);
    }

    public Admin admin() {
        return Admin.create(properties.buildAdminProperties());
    }
}
