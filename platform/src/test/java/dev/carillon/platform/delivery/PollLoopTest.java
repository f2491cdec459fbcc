package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.repeat.Spacing;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that are no deliveries: each is on its way until its dead letter is written, which begins when a test says. */
@Timeout(120)
class PollLoopTest {
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());
    private static final TopicPartition PARTITION = new TopicPartition("deliveries", 0);
    private static final int SIZE = 1_000;
    /** How many of them fit. */
    private static final int FIT = 4;

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Settler settler = new Settler(
            new RecordSender(broker),
            TOPICS.outcomes(),
            new DeadLetters(TOPICS.dead(Channel.PUSH), clock),
            new Spacing(Settler.TOGETHER));
    private final PollLoop loop = new PollLoop(
            () -> consumer,
            new PollLoop.Reading(
                    List.of("deliveries"),
                    new DeliveryDecoder(Channel.PUSH),
                    (topic, received) -> null,
                    new PollLoop.Window(100, FIT * SIZE),
                    Duration.ZERO),
            flow(),
            () -> false,
            clock);
    private final Thread running = Thread.ofVirtual().unstarted(loop);

    private DeliveryFlow flow() {
        Attempt attempt = new Attempt(
                new ScriptedSender(),
                threads,
                Duration.ofSeconds(10),
                new Room(1, 1),
                Lane.DIRECT,
                new CircuitBreaker());
        Settlement settlement = new Settlement(TOPICS, Channel.PUSH, clock);
        Handling handling = new Handling(attempt, settlement, new Cancellations(), clock, Tracing.off());
        return new DeliveryFlow(new Chains(threads), handling, settlement, settler);
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
        running.join();
        threads.shutdownNow();
    }

    private void records(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], new byte[SIZE]));
        }
    }

    @Test
    void takesNoMoreThanFitsIntoItsShareOfMemoryAndTheRestWhenThereIsRoom() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            records(0, 3 * FIT);
        });
        running.start();
        await().until(() -> consumer.paused().contains(PARTITION));
        assertThat(consumer.position(PARTITION)).isEqualTo(FIT);

        // The mock forgets what it gave out, a broker does not.
        records(FIT, 3 * FIT);
        threads.execute(settler);
        await().until(() -> consumer.position(PARTITION) >= 2 * FIT);
        assertThat(broker.history()).hasSizeGreaterThanOrEqualTo(FIT);
    }
}
