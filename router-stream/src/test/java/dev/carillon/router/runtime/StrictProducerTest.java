package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InfrastructureExtension.class)
class StrictProducerTest {
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final TopicProbe probe;
    private final String own;
    private final TopicPartition input;
    private final String output;
    private final RouterClients clients = new RouterClients("no topic", () -> false);

    StrictProducerTest(TopicPrefix prefix, TopicProbe probe) {
        this.probe = probe;
        this.own = prefix.value() + UUID.randomUUID() + ".";
        this.input = new TopicPartition(own + "input", 0);
        this.output = own + "output";
    }

    @BeforeEach
    void createTopics() {
        probe.createTopic(input.topic(), 1);
        probe.createTopic(output, 1);
    }

    @Test
    void anOwnerCommitsWithoutOffsetsAndTheyStayAsTheyAre() {
        try (Consumer<byte[], byte[]> consumer = member();
                Producer<byte[], byte[]> producer = producer()) {
            consumer.commitSync(Map.of(input, new OffsetAndMetadata(7, "as it was")));
            commit(producer, consumer.groupMetadata());

            assertThat(probe.readUntil(output, WAIT, records -> !records.isEmpty()))
                    .hasSize(1);
            assertThat(consumer.committed(Set.of(input)).get(input)).isEqualTo(new OffsetAndMetadata(7, "as it was"));
        }
    }

    @Test
    void aFormerOwnerIsRefusedAlsoWithoutOffsets() {
        try (Consumer<byte[], byte[]> former = member();
                Producer<byte[], byte[]> producer = producer()) {
            ConsumerGroupMetadata old = former.groupMetadata();
            try (Consumer<byte[], byte[]> another = member()) {
                assertThat(another.groupMetadata().memberId()).isNotEqualTo(old.memberId());
                assertThatThrownBy(() -> commit(producer, old))
                        .isInstanceOfAny(FencedInstanceIdException.class, CommitFailedException.class);
            }
        }
        assertThat(probe.readAll(output)).isEmpty();
    }

    @Test
    void afterAnAbortItBeginsNothingMore() {
        try (Producer<byte[], byte[]> producer = producer()) {
            producer.beginTransaction();
            producer.abortTransaction();

            assertThatThrownBy(producer::beginTransaction).isInstanceOf(ProducerFencedException.class);
        }
    }

    private void commit(Producer<byte[], byte[]> producer, ConsumerGroupMetadata group) {
        producer.beginTransaction();
        var _ = producer.send(new ProducerRecord<>(output, new byte[1]));
        producer.sendOffsetsToTransaction(Map.of(), group);
        producer.commitTransaction();
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> producer = clients.getProducer(
                Map.of("bootstrap.servers", probe.bootstrapServers(), "transactional.id", own + UUID.randomUUID()));
        producer.initTransactions();
        return producer;
    }

    /** The group's only member; who comes later takes the place of who was there. */
    private Consumer<byte[], byte[]> member() {
        Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                "bootstrap.servers",
                probe.bootstrapServers(),
                "group.id",
                own + "group",
                "group.instance.id",
                "one",
                "enable.auto.commit",
                false));
        consumer.subscribe(List.of(input.topic()));
        long deadline = System.nanoTime() + WAIT.toNanos();
        // In this thread, as Streams does: what it commits is the consumer's that it polls.
        while (consumer.assignment().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            var _ = consumer.poll(Duration.ofMillis(50));
        }
        return consumer;
    }
}
