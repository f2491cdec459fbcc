package dev.carillon.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition from its beginning and then as it grows, for whoever keeps all of it in memory. After a failure it
 * begins anew, so that a record may come more than once.
 */
public final class FollowTopic {
    private static final Logger LOG = LoggerFactory.getLogger(FollowTopic.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TopicPartition partition;
    private final Map<String, Object> consumerProps;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> apply;
    private final String name;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean running;

    /**
     * @param name of its thread
     * @param apply gets every record; an exception of it makes the reading begin anew
     */
    public FollowTopic(
            String name,
            TopicPartition partition,
            Map<String, Object> consumerProps,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> apply) {
        this.name = name;
        this.partition = partition;
        this.consumerProps = Map.copyOf(consumerProps);
        this.apply = apply;
    }

    public void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(this::follow);
    }

    /** Waits until everything was applied that the partition held when the reading began; false where it takes longer. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void follow() {
        while (running) {
            try (Consumer<byte[], byte[]> started = new KafkaConsumer<>(consumerProps)) {
                consumer = started;
                started.assign(List.of(partition));
                started.seekToBeginning(List.of(partition));
                long end = started.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                while (running) {
                    if (caughtUp.getCount() > 0 && started.position(partition) >= end) {
                        caughtUp.countDown();
                    }
                    started.poll(POLL).forEach(apply);
                }
            } catch (WakeupException e) {
                LOG.debug("stopping", e);
            } catch (RuntimeException e) {
                LOG.warn("reading {} begins anew: {}", partition.topic(), e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    public void stop() {
        running = false;
        Consumer<byte[], byte[]> following = consumer;
        if (following != null) {
            following.wakeup();
        }
        Thread stopping = thread;
        if (stopping != null) {
            try {
                stopping.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isRunning() {
        return running;
    }
}
