package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InfrastructureExtension.class)
class RankedConsumerTest {
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final int QUEUED = 3_000;
    /** So few that the broker has time to answer before all are taken. */
    private static final int AT_ONCE = 10;

    private final TopicProbe probe;
    private final Map<String, Object> broker;
    private final TopicPartition direct;
    private final List<TopicPartition> bulk;
    private boolean busy;

    RankedConsumerTest(TopicPrefix prefix, TopicProbe probe) {
        this.probe = probe;
        this.broker = Map.of("bootstrap.servers", probe.bootstrapServers());
        String own = prefix.value() + UUID.randomUUID() + ".";
        this.direct = new TopicPartition(own + "direct", 0);
        this.bulk = IntStream.range(0, 2)
                .mapToObj(partition -> new TopicPartition(own + "bulk", partition))
                .toList();
    }

    @BeforeEach
    void queueBulk() {
        probe.createTopic(direct.topic(), 1);
        probe.createTopic(bulk.getFirst().topic(), bulk.size());
        bulk.forEach(partition -> send(partition, QUEUED));
    }

    @Test
    void whatComesLaterGoesBeforeWhatWasFetchedOfTheLastTopic() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            int before = 0;
            while (before == 0) {
                before = consumer.poll(WAIT).count();
            }
            send(direct, 1);

            int polls = 0;
            ConsumerRecords<byte[], byte[]> records = consumer.poll(WAIT);
            while (records.records(direct).isEmpty()) {
                before += records.count();
                polls++;
                records = consumer.poll(WAIT);
            }

            assertThat(records.partitions()).containsExactly(direct);
            assertThat(before).as("in %s polls", polls).isLessThan(bulk.size() * QUEUED);
            while (before < bulk.size() * QUEUED) {
                ConsumerRecords<byte[], byte[]> more = consumer.poll(WAIT);
                assertThat(more.isEmpty()).isFalse();
                before += more.count();
            }
        }
    }

    @Test
    void whatItsOwnerPausedStaysPaused() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.pause(bulk.subList(0, 1));
            assertThat(consumer.poll(WAIT).partitions()).containsExactly(bulk.getLast());
            assertThat(consumer.paused()).isEqualTo(Set.of(bulk.getFirst()));
        }
    }

    @Test
    void nobodyWaitsForTheLastTopic() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            assertThat(consumer.poll(WAIT).partitions()).hasSize(1);
            assertThat(bulk)
                    .allSatisfy(partition ->
                            assertThat(consumer.currentLag(partition)).hasValue(0));
        }
    }

    @Test
    void whoHasOtherWorkWaitsForNoRecord() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.pause(bulk);
            busy = true;
            long began = System.nanoTime();
            assertThat(consumer.poll(WAIT)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WAIT);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        RankedConsumer consumer = new RankedConsumer(
                Map.of(
                        "bootstrap.servers",
                        broker.values().iterator().next(),
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        AT_ONCE),
                bulk.getFirst().topic(),
                new ThreadLocal<>(),
                () -> busy);
        consumer.assign(List.of(bulk.getFirst(), bulk.getLast(), direct));
        return consumer;
    }

    private void send(TopicPartition to, int records) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
            IntStream.range(0, records).forEach(i -> {
                var _ = producer.send(new ProducerRecord<>(to.topic(), to.partition(), null, new byte[200]));
            });
        }
    }
}
