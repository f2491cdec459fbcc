package dev.carillon.ingest.ledger;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings one topic into the ledger. How far it has come is written with what it wrote, so each record counts once, also
 * where a process dies or the broker gives a partition to another. The group's offsets are for those who watch its lag.
 */
final class LedgerConsumer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 500;

    private final KafkaClients clients;
    private final TopicSpec topic;
    private final String role;
    private final Batch batch;
    private final LedgerPositions positions;
    private final TransactionOperations transactions;
    private final Map<TopicPartition, Long> reached = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private volatile CountDownLatch stopping = new CountDownLatch(0);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile @Nullable Thread thread;

    LedgerConsumer(
            KafkaClients clients,
            TopicSpec topic,
            String role,
            Batch batch,
            LedgerPositions positions,
            TransactionOperations transactions) {
        this.clients = clients;
        this.topic = topic;
        this.role = role;
        this.batch = batch;
        this.positions = positions;
        this.transactions = transactions;
    }

    /** What is done with the records of one poll. */
    interface Batch {
        /** Reads the records and returns what writes them, to be run in a transaction. */
        Runnable prepare(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException;
    }

    @Override
    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        stopping = end;
        thread = Thread.ofPlatform().name("ingest-" + role).daemon().start(() -> keepReading(end));
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
                reader.join(Duration.ofSeconds(10));
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
        return Phases.WORKERS;
    }

    private void keepReading(CountDownLatch end) {
        while (end.getCount() > 0) {
            try (Consumer<byte[], byte[]> current = clients.committedReader(Service.INGEST_API, role, BATCH)) {
                consumer = current;
                reached.clear();
                committed.clear();
                current.subscribe(List.of(topic.name()), new Placing(current));
                while (end.getCount() > 0) {
                    List<ConsumerRecord<byte[], byte[]>> records = new java.util.ArrayList<>();
                    current.poll(POLL).forEach(records::add);
                    write(current, records);
                }
            } catch (WakeupException e) {
                LOG.debug("the reader of {} is asked to stop", topic.name());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} cannot be brought into the ledger now, and is tried again: {}", topic.name(), e.toString());
                pause(end);
            }
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
        Runnable write = batch.prepare(records);
        transactions.executeWithoutResult(status -> {
            next.forEach((partition, to) -> {
                if (!positions.move(partition, reached.getOrDefault(partition, -1L), to)) {
                    throw new IllegalStateException(partition + " was taken over by another process");
                }
            });
            write.run();
        });
        reached.putAll(next);
        commit(current);
    }

    /** Also over what no reader is given: the ends of transactions. */
    private void commit(Consumer<byte[], byte[]> current) {
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        for (TopicPartition partition : reached.keySet()) {
            long position = current.position(partition);
            if (!Long.valueOf(position).equals(committed.put(partition, position))) {
                moved.put(partition, new OffsetAndMetadata(position));
            }
        }
        if (!moved.isEmpty()) {
            current.commitAsync(moved, (offsets, failure) -> {});
        }
    }

    private static void pause(CountDownLatch end) {
        try {
            var _ = end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.countDown();
        }
    }

    /** Puts each partition that comes to where the ledger is. */
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

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(reached::remove);
            partitions.forEach(committed::remove);
        }
    }
}
