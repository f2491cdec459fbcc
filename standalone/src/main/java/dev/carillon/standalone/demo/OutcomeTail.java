package dev.carillon.standalone.demo;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.outcome.OutcomeBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads {@code outcomes} from a little before its end on, without a group; a failure ends nothing. */
final class OutcomeTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Records of each partition from before the start. */
    private static final long BACK = 50;

    private final KafkaClients clients;
    private final EventOutcomes outcomes;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile @Nullable Thread thread;

    OutcomeTail(KafkaClients clients, TopicSpec topic, EventOutcomes outcomes) {
        this.clients = clients;
        this.outcomes = outcomes;
        this.partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /** Whether everything before these offsets is known. */
    boolean isPast(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue());
    }

    @Override
    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        stopping = end;
        thread = Thread.ofPlatform().name("demo-outcomes").daemon().start(() -> keepReading(end));
    }

    @Override
    public void stop() {
        stopping.countDown();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        Thread reader = thread;
        thread = null;
        try {
            if (reader != null) {
                reader.join(PAUSE.multipliedBy(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return Phases.LIVE;
    }

    private void keepReading(CountDownLatch end) {
        while (end.getCount() > 0) {
            try (Consumer<byte[], byte[]> current = clients.committedReader(Service.INGEST_API, "demo", 500)) {
                consumer = current;
                read(current, end);
            } catch (WakeupException e) {
                LOG.debug("the demo's reader of outcomes is asked to stop");
            } catch (RuntimeException e) {
                LOG.warn("the outcomes cannot be read for the demo, and are tried again: {}", e.getMessage());
                pause(end);
            }
        }
    }

    private void read(Consumer<byte[], byte[]> current, CountDownLatch end) {
        current.assign(partitions);
        Map<TopicPartition, Long> begins = current.beginningOffsets(partitions);
        current.endOffsets(partitions)
                .forEach((partition, last) ->
                        current.seek(partition, Math.max(begins.getOrDefault(partition, 0L), last - BACK)));
        while (end.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : current.poll(POLL)) {
                add(record);
            }
            partitions.forEach(partition -> positions.put(partition, current.position(partition)));
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            Json.read(record.value(), OutcomeBatch.class).outcomes().forEach(outcomes::add);
        } catch (MalformedRecordException e) {
            LOG.debug("an outcome at {}-{}@{} is passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private static void pause(CountDownLatch end) {
        try {
            var _ = end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            end.countDown();
        }
    }
}
