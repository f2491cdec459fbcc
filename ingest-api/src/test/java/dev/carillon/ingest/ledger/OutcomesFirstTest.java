package dev.carillon.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger that is behind, and marks that are not. */
class OutcomesFirstTest {
    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", TestInfrastructure.bootstrapServers());

    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final String topic = prefix + "outcomes";
    private final String group = prefix + "ingest-api.ledger";
    private final long minuteAgo = Time.SYSTEM.milliseconds() - 60_000;
    private final Admin admin = Admin.create(BROKER);
    private final OutcomesFirst first =
            new OutcomesFirst(() -> Admin.create(BROKER), topic, group, Duration.ZERO, Time.SYSTEM::milliseconds);

    @BeforeEach
    void createTopic() {
        new TopicProbe(TestInfrastructure.bootstrapServers()).createTopic(topic, 2);
    }

    @AfterEach
    void close() {
        first.close();
        admin.close();
    }

    @Test
    void aMarkWaitsForWhatWasToldBeforeItAndForNothingLater() throws Exception {
        told(0, minuteAgo);
        told(0, minuteAgo + 20_000);
        refused(List.of(mark(0, minuteAgo + 10_000)));

        reached(0, 1);

        taken(List.of(mark(0, minuteAgo + 10_000)));
        refused(List.of(mark(0, minuteAgo + 10_000), mark(0, minuteAgo + 30_000)));
        reached(0, 2);
        taken(List.of(mark(0, minuteAgo + 10_000), mark(0, minuteAgo + 30_000)));
    }

    @Test
    void aMarkWaitsForTheOutcomesOfItsOwnPartition() throws Exception {
        told(0, minuteAgo);
        taken(List.of(mark(1, minuteAgo + 10_000)));

        told(1, minuteAgo);
        reached(0, 1);
        refused(List.of(mark(1, minuteAgo + 10_000)));
    }

    /** The clock of the router may be ahead of the one that a mark was made by. */
    @Test
    void aMarkWaitsForWhatSeemsToBeToldALittleLater() throws Exception {
        told(0, minuteAgo + 300);

        refused(List.of(mark(0, minuteAgo)));
    }

    private void taken(List<ConsumerRecord<byte[], byte[]>> marks) {
        assertThatCode(() -> first.await(marks)).doesNotThrowAnyException();
    }

    private void refused(List<ConsumerRecord<byte[], byte[]>> marks) {
        assertThatThrownBy(() -> first.await(marks)).isInstanceOf(KafkaException.class);
    }

    private void told(int partition, long at) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(BROKER, new ByteArraySerializer(), new ByteArraySerializer())) {
            var _ = producer.send(new ProducerRecord<>(topic, partition, at, new byte[1], new byte[1]))
                    .get();
        }
    }

    private void reached(int partition, long offset) throws InterruptedException, ExecutionException {
        var _ = admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private static ConsumerRecord<byte[], byte[]> mark(int partition, long at) {
        return new ConsumerRecord<>(
                "activity",
                partition,
                0,
                at,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
