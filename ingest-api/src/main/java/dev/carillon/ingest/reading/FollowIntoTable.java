package dev.carillon.ingest.reading;

import dev.carillon.ingest.reading.Positions.Move;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.platform.kafka.ReadLoop;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings topics into tables. How far each has come is written with what it wrote, so each record counts once, also
 * where a process dies or the broker gives a partition to another. The group's offsets are for those who watch its lag.
 */
public final class FollowIntoTable implements SmartLifecycle {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int BATCH = 500;
    /** How often those who watch the lag are told: each commit is a write of the broker. */
    private static final Duration COMMIT = Duration.ofSeconds(1);

    private static final Duration LAST_COMMIT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(FollowIntoTable.class);

    private final List<String> topics;
    private final Batch batch;
    private final Positions positions;
    private final TransactionOperations transactions;
    private final Map<TopicPartition, Long> reached = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long committedAt = System.nanoTime();
    private final ReadLoop loop;

    public FollowIntoTable(
            KafkaClients clients,
            List<TopicSpec> topics,
            String role,
            Batch batch,
            Positions positions,
            TransactionOperations transactions) {
        this.topics = topics.stream().map(TopicSpec::name).toList();
        this.batch = batch;
        this.positions = positions;
        this.transactions = transactions;
        this.loop = new ReadLoop(
                "ingest-" + role, () -> clients.gatheringReader(Service.INGEST_API, role, BATCH), this::read);
    }

    /** What is done with the records of one poll. */
    public interface Batch {
        /** Reads the records and returns what writes them, to be run in a transaction. */
        Runnable prepare(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException;
    }

    private void read(Consumer<byte[], byte[]> current, BooleanSupplier goOn) throws InterruptedException {
        reached.clear();
        committed.clear();
        current.subscribe(topics, new Placing(current));
        while (goOn.getAsBoolean()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            current.poll(POLL).forEach(records::add);
            write(current, records);
        }
    }

    private void write(Consumer<byte[], byte[]> current, List<ConsumerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        if (records.isEmpty()) {
            commit(current);
            return;
        }
        Map<TopicPartition, Long> next = new HashMap<>();
        records.forEach(
                record -> next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1));
        List<Move> moves = next.entrySet().stream()
                .map(to -> new Move(to.getKey(), reached.getOrDefault(to.getKey(), -1L), to.getValue()))
                .toList();
        Runnable write = batch.prepare(records);
        transactions.executeWithoutResult(status -> {
            positions.preferIndexes();
            if (!positions.move(moves)) {
                throw new OptimisticLockingFailureException(
                        "one of " + next.keySet() + " was taken over by another process");
            }
            write.run();
        });
        reached.putAll(next);
        commit(current);
    }

    /** Also over what no reader is given: the ends of transactions. */
    private void commit(Consumer<byte[], byte[]> current) {
        long now = System.nanoTime();
        if (now - committedAt < COMMIT.toNanos()) {
            return;
        }
        committedAt = now;
        Map<TopicPartition, OffsetAndMetadata> moved = moved(current, reached.keySet());
        if (!moved.isEmpty()) {
            current.commitAsync(moved, (offsets, failure) -> {
                if (failure != null) {
                    committed.keySet().removeAll(offsets.keySet());
                }
            });
        }
    }

    /** Where those of {@code partitions} are that were elsewhere at the last commit; they count as committed now. */
    private Map<TopicPartition, OffsetAndMetadata> moved(
            Consumer<byte[], byte[]> current, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long position = current.position(partition);
            if (!Long.valueOf(position).equals(committed.put(partition, position))) {
                moved.put(partition, new OffsetAndMetadata(position));
            }
        }
        return moved;
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }

    /** Puts each partition that comes to where the table is. */
    private final class Placing implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> current;

        Placing(Consumer<byte[], byte[]> current) {
            this.current = current;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> begins = current.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = current.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long begin = begins.getOrDefault(partition, 0L);
                long end = ends.getOrDefault(partition, begin);
                long stored = positions.find(partition).orElse(-1L);
                // Expired records, or a topic that was made anew, leave a position that does not exist.
                long place = stored >= begin && stored <= end ? stored : begin;
                if (place != stored) {
                    positions.begin(partition, place);
                }
                current.seek(partition, place);
                reached.put(partition, place);
            }
        }

        /** What was reached since the last commit is told to those who watch; the tables know it already. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                Map<TopicPartition, OffsetAndMetadata> last = moved(
                        current,
                        partitions.stream().filter(reached::containsKey).toList());
                if (!last.isEmpty()) {
                    current.commitSync(last, LAST_COMMIT);
                }
            } catch (KafkaException e) {
                LOG.debug("the last positions are not told", e);
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(reached::remove);
            partitions.forEach(committed::remove);
        }
    }
}
