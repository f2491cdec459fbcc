package dev.carillon.inapp.live;

import dev.carillon.schemas.Partitions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
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
    private final Uuid topicId;
    private final List<ReplayLog> logs;
    private final AtomicLongArray delivered;
    private final LiveSessions sessions;
    private final MessageFrames frames;
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
        this.delivered = new AtomicLongArray(partitions);
        this.sessions = sessions;
        this.frames = new MessageFrames(topicId);
        this.maxPerUser = properties.maxPerUser();
        this.maxQueuedBytes = properties.buffer().toBytes();
        this.changed = changed;
    }

    /** The partition continues at {@code offset}; what was before is unknown, and whoever is connected must reload. */
    void restart(int partition, long offset) {
        log(partition).restartAt(offset);
        delivered.set(partition, offset - 1);
        sessions.forEach(session -> {
            if (partitionOf(session) == partition) {
                session.tell(offset - 1, last -> LiveEvents.reload(at(partition, last)));
                session.flush();
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
        LiveSession[] wanting = sessions.of(record.key());
        if (wanting.length == 0) {
            return;
        }
        Optional<ByteBuffer> frame = frames.of(record);
        for (LiveSession session : wanting) {
            if (frame.isPresent() && session.offer(record.offset(), frame.get())) {
                dirty.add(session);
                changed.accept(session);
            }
        }
    }

    /**
     * Starts a session.
     *
     * @param since the last that its client knows; null for a client that knows nothing
     */
    void open(LiveSession session, @Nullable LivePosition since) {
        LiveSession oldest = sessions.add(session, maxPerUser);
        if (oldest != null) {
            oldest.close(CloseReason.TOO_MANY_CONNECTIONS, 0);
            oldest.flush();
        }
        int partition = partitionOf(session);
        long end = log(partition).last();
        List<ByteBuffer> head = new ArrayList<>();
        head.add(LiveEvents.connected(at(partition, end), session));
        long position = end;
        if (since != null) {
            Optional<List<ByteBuffer>> missed = missed(session, since, partition, end);
            if (missed.isPresent()) {
                // A client that comes from a replica further ahead stays where it was.
                position = Math.max(end, since.offset());
                head.set(0, LiveEvents.connected(since, session));
                head.addAll(missed.get());
            } else {
                head.add(LiveEvents.reload(at(partition, end)));
            }
        }
        session.begin(position, head);
        session.flush();
        changed.accept(session);
    }

    /** Empty where it cannot be told in full: too old, of another topic, or too much. */
    private Optional<List<ByteBuffer>> missed(LiveSession session, LivePosition since, int partition, long end) {
        if (!since.topicId().equals(topicId) || since.partition() != partition) {
            return Optional.empty();
        }
        byte[] key = session.recipient().value().getBytes(StandardCharsets.UTF_8);
        return log(partition)
                .between(since.offset(), end, key)
                .map(records -> records.stream()
                        .map(frames::of)
                        .flatMap(Optional::stream)
                        .toList())
                .filter(all -> all.stream().mapToLong(ByteBuffer::remaining).sum() <= maxQueuedBytes);
    }

    void close(LiveSession session) {
        sessions.remove(session);
        session.closed();
    }

    /** Tells {@code session} something that is no record, with the position it has reached as id. */
    void tell(LiveSession session, Function<LivePosition, ByteBuffer> event) {
        int partition = partitionOf(session);
        session.tell(delivered.get(partition), last -> event.apply(at(partition, last)));
        session.flush();
    }

    private int partitionOf(LiveSession session) {
        return Partitions.of(session.recipient(), logs.size());
    }

    private LivePosition at(int partition, long offset) {
        return new LivePosition(topicId, partition, offset);
    }

    private ReplayLog log(int partition) {
        return logs.get(partition);
    }
}
