package dev.carillon.inapp.live;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.ReadLoop;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of {@code inapp.live}, as every replica does: without a group, from as far back as clients may resume. A
 * failure, the broker's or our own, ends nothing; it goes on where it was.
 */
final class LiveTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MAX_POLL = 2_000;

    private final KafkaClients clients;
    private final LiveStreams streams;
    private final List<TopicPartition> partitions;
    private final Duration window;
    private final Clock clock;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final ReadLoop loop;
    private boolean begun;

    LiveTail(KafkaClients clients, TopicSpec topic, LiveStreams streams, Duration window, Clock clock) {
        this.clients = clients;
        this.streams = streams;
        this.window = window;
        this.clock = clock;
        this.partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        this.loop = new ReadLoop("inapp-live-tail", () -> new KafkaConsumer<>(settings()), this::read);
    }

    void start() {
        loop.start();
    }

    /** Waits until everything that was in the topic at the start has been read. */
    void awaitCaughtUp() throws InterruptedException {
        caughtUp.await();
    }

    private void read(Consumer<byte[], byte[]> current, BooleanSupplier goOn) {
        current.assign(partitions);
        if (begun) {
            partitions.forEach(partition -> current.seek(partition, streams.next(partition.partition())));
        } else {
            begin(current);
            begun = true;
        }
        follow(current, goOn);
    }

    /** Seeks to what clients may still ask for. */
    private void begin(Consumer<byte[], byte[]> current) {
        long from = clock.millis() - window.toMillis();
        Map<TopicPartition, Long> ends = current.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> starts = current.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> from)));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            long offset = start == null ? ends.getOrDefault(partition, 0L) : start.offset();
            streams.restart(partition.partition(), offset);
            current.seek(partition, offset);
        }
    }

    private void follow(Consumer<byte[], byte[]> current, BooleanSupplier goOn) {
        Map<TopicPartition, Long> behind = new HashMap<>(current.endOffsets(partitions));
        while (goOn.getAsBoolean()) {
            if (!behind.isEmpty()) {
                behind.entrySet().removeIf(end -> current.position(end.getKey()) >= end.getValue());
                if (behind.isEmpty()) {
                    caughtUp.countDown();
                }
            }
            try {
                streams.deliver(current.poll(POLL));
            } catch (OffsetOutOfRangeException e) {
                restart(current, e.partitions());
            }
        }
    }

    /** The broker no longer has what comes next: whoever is connected must reload. */
    private void restart(Consumer<byte[], byte[]> current, Iterable<TopicPartition> lost) {
        for (TopicPartition partition : lost) {
            current.seekToBeginning(List.of(partition));
            long offset = current.position(partition);
            LOG.warn("{} continues at {}: some of it is gone, clients reload", partition, offset);
            streams.restart(partition.partition(), offset);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> props = clients.readerProps(Service.INAPP_WORKER, "live");
        props.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        props.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL);
        return props;
    }

    @Override
    public void close() {
        loop.stop();
    }
}
