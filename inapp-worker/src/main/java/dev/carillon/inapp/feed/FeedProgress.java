package dev.carillon.inapp.feed;

import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.kafka.Sending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far one consumer has come: its offsets are committed once what they stand for is stored and announced. Used by the
 * consumer's thread only.
 */
final class FeedProgress implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(FeedProgress.class);
    /** Announcements on their way: enough for the broker to be busy while the database is, and few to repeat after a crash. */
    private static final int MOST_OPEN = 8;

    private static final Duration LAST_ANNOUNCEMENT = Duration.ofSeconds(3);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordSender records;
    private final Duration commitEvery;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>();
    private long committedAt = System.nanoTime();
    /** One commit at a time: a later one must not be overtaken by an older. */
    private boolean committing;

    private record Open(Map<TopicPartition, OffsetAndMetadata> next, Sending announcement) {}

    FeedProgress(Consumer<byte[], byte[]> consumer, RecordSender records, Duration commitEvery) {
        this.consumer = consumer;
        this.records = records;
        this.commitEvery = commitEvery;
    }

    /**
     * A batch is stored and its announcement on its way. Waits for the oldest one if there are too many, and for all where this one
     * failed at once, so that nothing is told before it.
     */
    void announced(List<ConsumerRecord<byte[], byte[]>> batch, Sending announcement) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        batch.forEach(record -> next.put(partition(record), new OffsetAndMetadata(record.offset() + 1)));
        open.add(new Open(next, announcement));
        boolean failed = announcement.isKnown() && !announcement.isAcknowledged();
        while (open.size() > (failed ? 0 : MOST_OPEN)) {
            settle(open.removeFirst());
        }
    }

    /** A batch could not be stored: the next poll reads it again. */
    void rewind(List<ConsumerRecord<byte[], byte[]>> batch) {
        Map<TopicPartition, Long> first = new HashMap<>();
        batch.forEach(record -> first.putIfAbsent(partition(record), record.offset()));
        first.forEach(consumer::seek);
    }

    /** Commits what may be, now and then. */
    void commit() throws InterruptedException {
        while (!open.isEmpty() && open.getFirst().announcement().isKnown()) {
            settle(open.removeFirst());
        }
        boolean due = System.nanoTime() - committedAt >= commitEvery.toNanos();
        if (due && !committing && !settled.isEmpty()) {
            committedAt = System.nanoTime();
            committing = true;
            consumer.commitAsync(Map.copyOf(settled), (offsets, failure) -> {
                committing = false;
                if (failure == null) {
                    settled.entrySet().removeAll(offsets.entrySet());
                } else {
                    LOG.debug("offsets are committed with the next ones", failure);
                }
            });
        }
    }

    /** What failed is sent until the broker has it: the rows are stored, and nobody else would tell of them. */
    private void settle(Open one) throws InterruptedException {
        records.untilAcknowledged(one.announcement());
        settled.putAll(one.next());
    }

    /** Announcements whose fate is not known are waited for; what failed is read again by the partition's next owner. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            while (!open.isEmpty() && open.getFirst().announcement().await(LAST_ANNOUNCEMENT)) {
                settled.putAll(open.removeFirst().next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(settled);
        last.keySet().retainAll(partitions);
        if (!last.isEmpty()) {
            consumer.commitSync(last, LAST_COMMIT);
        }
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        settled.keySet().removeAll(partitions);
        open.forEach(one -> one.next().keySet().removeAll(partitions));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.debug("stores {}", partitions);
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
