package dev.carillon.platform.kafka;

import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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
        props.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
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
        props.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        return props;
    }

    /** A consumer of committed records only, at most {@code batchSize} in a poll. */
    public Consumer<byte[], byte[]> committedReader(Service service, String role, int batchSize) {
        Map<String, Object> props = consumerProps(service, role);
        props.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
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

    public Admin admin() {
        return Admin.create(properties.buildAdminProperties());
    }
}
