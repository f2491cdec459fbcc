package dev.carillon.ingest;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Writes as the router does and reads as workers do, always in partition 0. */
final class FlowTraffic {
    private static final byte[] RECORD = {'{', '}'};

    private final KafkaClients clients;
    private final Topics topics;

    FlowTraffic(RunningIngest ingest) {
        this.clients = ingest.bean(KafkaClients.class);
        this.topics = ingest.bean(Topics.class);
    }

    /** In one transaction. */
    void route(Channel channel, Lane lane, int count) {
        String topic = topics.deliveries(channel, lane).name();
        Map<String, Object> props = patientProps(Service.ROUTER_STREAM);
        props.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(props)) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, topic, count);
            producer.commitTransaction();
        }
    }

    void retry(Channel channel, Lane lane, int count) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(patientProps(Service.INGEST_API))) {
            send(producer, topics.retries(channel, lane, 1).name(), count);
        }
    }

    private Map<String, Object> patientProps(Service service) {
        Map<String, Object> props = clients.producerProps(service, "test");
        props.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000);
        props.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        return props;
    }

    /** The worker has done the first {@code count}. */
    void done(Channel channel, Service worker, int count) throws Exception {
        try (Admin admin = clients.admin()) {
            TopicPartition partition =
                    new TopicPartition(topics.deliveries(channel, Lane.DIRECT).name(), 0);
            admin.alterConsumerGroupOffsets(topics.group(worker, ""), Map.of(partition, new OffsetAndMetadata(count)))
                    .all()
                    .get();
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, int count) {
        for (int i = 0; i < count; i++) {
            var _ = producer.send(new ProducerRecord<>(topic, 0, null, RECORD));
        }
        producer.flush();
    }
}
