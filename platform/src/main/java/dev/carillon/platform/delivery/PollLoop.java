package dev.carillon.platform.delivery;

import dev.carillon.schemas.MalformedRecordException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer and its thread: hands records to the {@link DeliveryFlow} and commits, of each partition, what lies before
 * the first record that has not ended. A partition whose next record is not due rests; all of them do while too many
 * records are on their way or the provider is down.
 */
final class PollLoop implements Runnable, ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    /** How soon a commit, a pause or a rest that is over is seen. */
    private static final Duration POLL = Duration.ofMillis(50);

    private static final Duration UNTIL_ROOM = Duration.ofMillis(5);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Reading reading;
    private final DeliveryFlow flow;
    private final BooleanSupplier down;
    private final Clock clock;
    private final Map<TopicPartition, Frontier> frontiers = new HashMap<>();
    private final Map<TopicPartition, Instant> resting = new HashMap<>();
    private volatile boolean stopped;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * What a loop reads.
     *
     * @param window how much may be on its way before it pauses; it goes on at half of that
     * @param drain how long a partition that is given away waits for what was begun in it
     */
    record Reading(List<String> topics, DeliveryDecoder decoder, DueTime dueTime, Window window, Duration drain) {}

    /**
     * How much may be on its way.
     *
     * @param octets of the records' values: each takes some three times as much while it is under way
     */
    record Window(int records, long octets) {}

    /** Says when a delivery of a topic is due. */
    @FunctionalInterface
    interface DueTime {
        /** Null means at once. */
        @Nullable Instant of(String topic, Received received);
    }

    PollLoop(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Reading reading,
            DeliveryFlow flow,
            BooleanSupplier down,
            Clock clock) {
        this.consumers = consumers;
        this.reading = reading;
        this.flow = flow;
        this.down = down;
        this.clock = clock;
    }

    @Override
    public void run() {
        while (!stopped) {
            try (Consumer<byte[], byte[]> opened = consumers.get()) {
                consumer = opened;
                opened.subscribe(reading.topics(), this);
                while (!stopped) {
                    pollOnce(opened);
                }
                onPartitionsRevoked(opened.assignment());
            } catch (RuntimeException e) {
                LOG.warn("reading {} failed and begins anew: {}", reading.topics(), e.toString());
                pause(AFTER_FAILURE);
            } finally {
                consumer = null;
                onPartitionsLost(Set.copyOf(frontiers.keySet()));
            }
        }
    }

    /** Lets the loop end after what it has begun. */
    void stop() {
        stopped = true;
    }

    private void pollOnce(Consumer<byte[], byte[]> from) {
        boolean waiting = restAndWake(from);
        // With everything paused and records already fetched, a poll would spin until its time is over.
        ConsumerRecords<byte[], byte[]> records = from.poll(waiting ? Duration.ZERO : POLL);
        long room = reading.window().octets() - octets();
        for (TopicPartition partition : records.partitions()) {
            room = takeWhatFits(from, partition, records.records(partition), room);
        }
        commit(from, frontiers.keySet());
        if (waiting) {
            pause(UNTIL_ROOM);
        }
    }

    /** Leaves what finds no room, or is not due, to a later poll; says how much room is left. */
    private long takeWhatFits(
            Consumer<byte[], byte[]> from,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records,
            long room) {
        Frontier frontier = frontiers.computeIfAbsent(partition, p -> new Frontier());
        long left = room;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (left <= 0) {
                from.seek(partition, record.offset());
                break;
            }
            Instant due = take(record, frontier);
            if (due != null) {
                resting.put(partition, due);
                from.seek(partition, record.offset());
                break;
            }
            left -= size(record);
        }
        return left;
    }

    /** The size of a record's value, as it counts in the window. */
    static int size(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        return value == null ? 0 : value.length;
    }

    private long octets() {
        return frontiers.values().stream().mapToLong(Frontier::octets).sum();
    }

    /** Says when a record is due that was not taken, because it is not. */
    private @Nullable Instant take(ConsumerRecord<byte[], byte[]> record, Frontier frontier) {
        Received received;
        try {
            received = new Received(record, reading.decoder().decode(record.value()));
        } catch (MalformedRecordException e) {
            flow.refuse(record, String.valueOf(e.getMessage()), frontier);
            return null;
        }
        Instant due = reading.dueTime().of(record.topic(), received);
        if (due != null && due.isAfter(clock.instant())) {
            return due;
        }
        flow.accept(received, frontier);
        return null;
    }

    /** Says whether nothing at all may be read now. */
    private boolean restAndWake(Consumer<byte[], byte[]> of) {
        Instant now = clock.instant();
        resting.values().removeIf(due -> !due.isAfter(now));
        Set<TopicPartition> paused = of.paused();
        boolean nothing = isFull(paused.containsAll(of.assignment())) || down.getAsBoolean();
        Set<TopicPartition> rest = new HashSet<>(nothing ? of.assignment() : resting.keySet());
        Set<TopicPartition> wake = new HashSet<>(paused);
        wake.removeAll(rest);
        of.pause(rest);
        of.resume(wake);
        return nothing;
    }

    private boolean isFull(boolean paused) {
        int part = paused ? 2 : 1;
        int open = frontiers.values().stream().mapToInt(Frontier::open).sum();
        return open >= reading.window().records() / part
                || octets() >= reading.window().octets() / part;
    }

    private void commit(Consumer<byte[], byte[]> to, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(partitions);
        if (!offsets.isEmpty()) {
            to.commitAsync(offsets, (committed, failure) -> {
                if (failure != null) {
                    LOG.warn("offsets are not committed yet: {}", failure.toString());
                    committed.keySet().stream()
                            .map(frontiers::get)
                            .filter(Objects::nonNull)
                            .forEach(Frontier::uncommitted);
                }
            });
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Frontier frontier = frontiers.get(partition);
            if (frontier != null) {
                frontier.committable().ifPresent(next -> offsets.put(partition, new OffsetAndMetadata(next)));
            }
        }
        return offsets;
    }

    /** What was begun is brought to its end, what was not is left to the partition's next owner. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<Frontier> given = partitions.stream()
                .filter(frontiers::containsKey)
                .map(frontiers::get)
                .toList();
        given.forEach(Frontier::close);
        long deadline = System.nanoTime() + reading.drain().toNanos();
        try {
            for (Frontier frontier : given) {
                frontier.awaitStarted(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Consumer<byte[], byte[]> from = consumer;
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(partitions);
        if (from != null && !offsets.isEmpty()) {
            from.commitSync(offsets, LAST_COMMIT);
        }
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            resting.remove(partition);
            Frontier frontier = frontiers.remove(partition);
            if (frontier != null) {
                frontier.close();
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.debug("reads {}", partitions);
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
