package dev.carillon.inapp.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of {@code inapp.live} to the sessions that want them. One thread delivers; any thread opens sessions.
 *
 * <p>No message is lost between a replay and the stream: a record enters its log before its sessions are looked up, and a
 * session is registered before it looks at the end of the log. So each record is in the replay, or offered, or both, and a
 * session takes every offset once.
 */
final class LiveStreams {
    private static final byte[] EVERYBODY = Listening.EVERYBODY.getBytes(StandardCharsets.UTF_8);

    private final Uuid topicId;
    private final List<ReplayLog> logs;
    private final AtomicLongArray delivered;
    private final LiveSessions sessions;
    private final int maxPerUser;
    private final long maxQueuedBytes;
    private final Consumer<LiveSession> changed;

    /** @param changed is told of sessions whose unread count may be another now */
    LiveStreams(
            Uuid topicId,
            int partitions,
            LiveSessions sessions,
            LiveProperties properties,
            Consumer<LiveSession> changed) {
        long bytesEach = properties.replayMemory().toBytes() / partitions;
        this.topicId = topicId;
        this.logs = IntStream.range(0, partitions)
                .mapToObj(p -> new ReplayLog(properties.replay().toMillis(), bytesEach))
                .toList();
        this.delivered = new AtomicLongArray(
                LongStream.generate(() -> -1).limit(partitions).toArray());
        this.sessions = sessions;
        this.maxPerUser = properties.maxPerUser();
        this.maxQueuedBytes = properties.buffer().toBytes();
        this.changed = changed;
    }

    /** The partition continues at {@code offset}; what was before is unknown, and whoever is connected must reload. */
    void restart(int partition, long offset) {
        log(partition).restartAt(offset);
        delivered.set(partition, offset - 1);
        sessions.forEach(session -> {
            if (session.listening().indexOf(partition) >= 0) {
                tell(session, LiveEvents.reload());
            }
        });
    }

    /** Where the partition continues after everything delivered so far. */
    long next(int partition) {
        return log(partition).last() + 1;
    }

    /** Delivers one poll's records; each session is written to once per portion. */
    void deliver(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        Set<LiveSession> dirty = new LinkedHashSet<>();
        long portion = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            portion += record.serializedValueSize();
            if (portion > maxQueuedBytes / 4) {
                dirty.forEach(LiveSession::flush);
                dirty.clear();
                portion = 0;
            }
            log(record.partition()).append(record);
            if (record.key() != null && record.value() != null) {
                offer(record, dirty);
            }
            delivered.set(record.partition(), record.offset());
        }
        dirty.forEach(LiveSession::flush);
    }

    private void offer(ConsumerRecord<byte[], byte[]> record, Set<LiveSession> dirty) {
        if (Arrays.equals(record.key(), EVERYBODY)) {
            frames(record).ifPresent(frames -> sessions.forEach(session -> offer(record, frames, session, dirty)));
            return;
        }
        LiveSession[] wanting = sessions.of(record.key());
        if (wanting.length == 0) {
            return;
        }
        frames(record).ifPresent(frames -> {
            for (LiveSession session : wanting) {
                if (offer(record, frames, session, dirty)) {
                    changed.accept(session);
                }
            }
        });
    }

    private Optional<Frames> frames(ConsumerRecord<byte[], byte[]> record) {
        return MessageEvents.of(record).map(event -> new Frames(topicId, event));
    }

    private boolean offer(
            ConsumerRecord<byte[], byte[]> record, Frames frames, LiveSession session, Set<LiveSession> dirty) {
        boolean taken = session.offer(record.partition(), record.offset(), frames, delivered);
        if (taken) {
            dirty.add(session);
        }
        return taken;
    }

    /**
     * Starts a session.
     *
     * @param since what its client knows; null for a client that knows nothing
     * @param first what such a client is told to begin with
     */
    void open(LiveSession session, @Nullable LivePosition since, Supplier<List<LiveEvent>> first) {
        makeRoom(sessions.add(session, maxPerUser));
        long[] end = ends(session.listening());
        Missed missed = since == null ? null : missed(session.listening(), since, end);
        if (missed == null) {
            List<LiveSession.Head> head = new ArrayList<>();
            head.add(new LiveSession.Head(end, LiveEvents.connected(session)));
            if (since != null) {
                head.add(new LiveSession.Head(end, LiveEvents.reload()));
            } else {
                first.get().forEach(event -> head.add(new LiveSession.Head(end, event)));
            }
            session.begin(topicId, head, end);
        } else {
            missed.events().addFirst(new LiveSession.Head(missed.from(), LiveEvents.connected(session)));
            session.begin(topicId, missed.events(), missed.upTo());
        }
        session.flush();
        changed.accept(session);
    }

    private static void makeRoom(LiveSessions.Surplus surplus) {
        surplus.open().forEach(oldest -> {
            oldest.close(CloseReason.TOO_MANY_CONNECTIONS, 0);
            oldest.flush();
        });
        surplus.ending().forEach(oldest -> oldest.abort(CloseReason.TOO_MANY_CONNECTIONS));
    }

    /** What a client that polls has missed. */
    record Changes(List<LiveEvent> events, LivePosition upTo) {}

    /** Empty where it cannot be told in full. */
    Optional<Changes> changes(Listening listening, LivePosition since) {
        Missed missed = missed(listening, since, ends(listening));
        return missed == null
                ? Optional.empty()
                : Optional.of(new Changes(
                        missed.events().stream().map(LiveSession.Head::event).toList(),
                        position(listening, missed.upTo())));
    }

    /** Everything up to now. */
    LivePosition now(Listening listening) {
        return position(listening, ends(listening));
    }

    private LivePosition position(Listening listening, long[] offsets) {
        return new LivePosition(
                topicId,
                IntStream.range(0, offsets.length)
                        .mapToObj(i -> new LivePosition.Place(listening.partitions()[i], offsets[i]))
                        .toList());
    }

    private long[] ends(Listening listening) {
        return Arrays.stream(listening.partitions())
                .mapToLong(partition -> log(partition).last())
                .toArray();
    }

    /** What came between two places, each with what is known after it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Missed(List<LiveSession.Head> events, long[] from, long[] upTo) {}

    /** Null where it cannot be told in full: too old, of another topic, or too much. */
    private @Nullable Missed missed(Listening listening, LivePosition since, long[] end) {
        int[] partitions = listening.partitions();
        if (!since.topicId().equals(topicId) || since.offset(partitions[0]).isEmpty()) {
            return null;
        }
        long[] known = new long[partitions.length];
        for (int i = 0; i < known.length; i++) {
            known[i] = since.offset(partitions[i]).orElse(end[i]);
        }
        long[] from = known.clone();
        List<LiveSession.Head> events = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < partitions.length; i++) {
            var records = log(partitions[i]).between(from[i], end[i], listening.keysIn(partitions[i], logs.size()));
            if (records.isEmpty()) {
                return null;
            }
            for (ConsumerRecord<byte[], byte[]> record : records.get()) {
                known[i] = record.offset();
                long[] after = known.clone();
                MessageEvents.of(record).ifPresent(event -> events.add(new LiveSession.Head(after, event)));
                bytes += record.serializedValueSize();
            }
            // A client that comes from a replica further ahead stays where it was.
            known[i] = Math.max(end[i], from[i]);
        }
        return bytes > maxQueuedBytes ? null : new Missed(events, from, known);
    }

    void close(LiveSession session) {
        sessions.remove(session);
        session.closed();
    }

    /** Tells {@code session} something that is no record, with the position it has reached as id. */
    void tell(LiveSession session, LiveEvent event) {
        session.tell(topicId, event, delivered);
        session.flush();
    }

    int partitions() {
        return logs.size();
    }

    private ReplayLog log(int partition) {
        return logs.get(partition);
    }
}
