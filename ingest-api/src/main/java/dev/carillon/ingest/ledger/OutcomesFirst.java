package dev.carillon.ingest.ledger;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Keeps marks back until the ledger has what was told of their notifications before: a mark that finds no row is lost. However
 * far the ledger is behind, marks are behind it. For one thread.
 */
final class OutcomesFirst implements AutoCloseable {
    /** A decision is shown before its transaction commits, and how far the ledger is becomes known once a second. */
    static final Duration WAIT = Duration.ofSeconds(2);

    /** Clocks of those who tell outcomes and those who tell marks differ; less than the wait, or marks would always have to. */
    private static final Duration SKEW = Duration.ofMillis(500);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Supplier<Admin> open;
    private final String outcomes;
    private final String group;
    private final Duration patience;
    private final LongSupplier now;
    private @Nullable Admin admin;

    /**
     * @param group whose committed offsets say how far the ledger is
     * @param patience after which it fails, so that whoever waits can be stopped, and begins anew
     * @param now the system's milliseconds, which the broker's records carry
     */
    OutcomesFirst(Supplier<Admin> open, String outcomes, String group, Duration patience, LongSupplier now) {
        this.open = open;
        this.outcomes = outcomes;
        this.group = group;
        this.patience = patience;
        this.now = now;
    }

    /**
     * Returns when {@code marks} may be written. What is told of a recipient is in the partitions of one number, in both topics.
     *
     * @throws KafkaException where that takes too long, or the broker does not say
     */
    void await(List<ConsumerRecord<byte[], byte[]>> marks) throws InterruptedException {
        Map<TopicPartition, Long> recordedAt = new HashMap<>();
        marks.forEach(
                mark -> recordedAt.merge(new TopicPartition(outcomes, mark.partition()), mark.timestamp(), Math::max));
        long due = recordedAt.values().stream().mapToLong(at -> at).max().orElse(0) + WAIT.toMillis() - now.getAsLong();
        if (due > 0) {
            Thread.sleep(Math.min(due, WAIT.toMillis()));
        }
        try {
            Map<TopicPartition, Long> firstAfter = firstAfter(recordedAt);
            long giveUp = System.nanoTime() + patience.toNanos();
            while (!hasReached(firstAfter)) {
                if (System.nanoTime() - giveUp > 0) {
                    throw new KafkaException("the ledger does not have yet what was told before");
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("nobody says how far the ledger is", e);
        }
    }

    /** In each partition, where begins what was told after that time; what is not committed yet was told before. */
    private Map<TopicPartition, Long> firstAfter(Map<TopicPartition, Long> recordedAt)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> later = new HashMap<>();
        recordedAt.forEach((partition, at) -> later.put(partition, OffsetSpec.forTimestamp(at + SKEW.toMillis())));
        Map<TopicPartition, Long> first = offsets(later);
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        first.forEach((partition, offset) -> {
            if (offset < 0) {
                ends.put(partition, OffsetSpec.latest());
            }
        });
        if (!ends.isEmpty()) {
            first.putAll(offsets(ends));
        }
        return first;
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> asked)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin().listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private boolean hasReached(Map<TopicPartition, Long> firstAfter) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> reached = admin().listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return firstAfter.entrySet().stream().allMatch(first -> {
            OffsetAndMetadata here = reached.get(first.getKey());
            return first.getValue() == 0 || (here != null && here.offset() >= first.getValue());
        });
    }

    private Admin admin() {
        Admin opened = admin == null ? open.get() : admin;
        admin = opened;
        return opened;
    }

    @Override
    public void close() {
        if (admin != null) {
            // Not the default, which waits for calls to a broker that is away.
            admin.close(Duration.ZERO);
        }
    }
}
