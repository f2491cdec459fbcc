package dev.carillon.platform.kafka;

import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic of one partition from its beginning and then as it grows, for whoever keeps all of it in memory. After a
 * failure of the broker it begins anew, so that a record may come more than once.
 */
public final class FollowTopic {
    private static final Logger LOG = LoggerFactory.getLogger(FollowTopic.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final TopicPartition partition;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> apply;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final ReadLoop loop;

    /**
     * @param role names the reader within its service
     * @param apply gets every record; one at which it throws is logged and passed over, for it would throw again
     */
    public FollowTopic(
            KafkaClients clients,
            Service service,
            String role,
            TopicSpec topic,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> apply) {
        this.partition = new TopicPartition(topic.name(), 0);
        this.apply = apply;
        this.loop = new ReadLoop(
                service.code() + "-" + role,
                () -> new KafkaConsumer<>(clients.readerProps(service, role)),
                this::follow);
    }

    public void start() {
        loop.start();
    }

    /** Waits until everything was applied that the topic held when the reading began. */
    public void awaitCaughtUp() throws InterruptedException {
        caughtUp.await();
    }

    /** As {@link #awaitCaughtUp()}; false where it takes longer. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void follow(Consumer<byte[], byte[]> consumer, BooleanSupplier goOn) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (goOn.getAsBoolean()) {
            if (caughtUp.getCount() > 0 && consumer.position(partition) >= end) {
                caughtUp.countDown();
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            apply.accept(record);
        } catch (RuntimeException e) {
            LOG.error("{} at offset {} says nothing that is known here: {}", partition, record.offset(), e.toString());
        }
    }

    public void stop() {
        loop.stop();
    }

    public boolean isRunning() {
        return loop.isRunning();
    }
}
