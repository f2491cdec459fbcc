package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * One connected client. It begins by collecting what arrives; {@link #begin} puts what was before it in front, and from then
 * on messages follow in the order of their offsets, each once. Safe for all threads; nothing blocks.
 */
final class LiveSession {
    static final long NOT_OPEN = -1;

    private final long id;
    private final Listening listening;
    private final @Nullable Instant expiresAt;
    private final long maxQueuedBytes;
    private final Outlet outlet;
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>(1);
    /** Null once it has begun. */
    private @Nullable List<Numbered> collected = new ArrayList<>(0);
    /** Of each partition, everything up to it is in the queue or written. */
    private final long[] last;

    private long queuedBytes;
    private long inFlightBytes;
    /** Of what waits before it has begun; from then on until it is written of what it begins with, which is not held against it. */
    private long beginningBytes;

    private boolean closing;
    private boolean closed;
    private @Nullable CloseReason endedBy;
    private @Nullable HeartbeatFailure failedHeartbeat;
    private boolean pingQueued;
    private boolean pingInFlight;
    private long openedAt = NOT_OPEN;
    private volatile long writingSince;
    /** When the client was first asked for a sign of life, or owed one, and has given none since; null where it has. */
    private volatile @Nullable Instant askedAt;

    private record Numbered(int index, long offset, Frames frames) {}

    /** Something to begin with: what is known with it, and the event. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Head(long[] known, LiveEvent event) {}

    /**
     * A session that collects.
     *
     * @param expiresAt when the token that opened it expires; null never
     * @param maxQueuedBytes that may wait for a slow reader
     */
    LiveSession(long id, Listening listening, @Nullable Instant expiresAt, long maxQueuedBytes, Outlet outlet) {
        this.id = id;
        this.listening = listening;
        this.expiresAt = expiresAt;
        this.maxQueuedBytes = maxQueuedBytes;
        this.outlet = outlet;
        this.last = new long[listening.partitions().length];
    }

    long id() {
        return id;
    }

    Listening listening() {
        return listening;
    }

    RecipientId recipient() {
        return listening.recipient();
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Starts the stream with {@code head}, which covers everything up to {@code known}. */
    synchronized void begin(Uuid topicId, List<Head> head, long[] known) {
        List<Numbered> waiting = collected;
        if (waiting == null) {
            throw new IllegalStateException("a session begins once");
        }
        collected = null;
        if (closing) {
            return;
        }
        head.forEach(one -> enqueue(frame(new Frames(topicId, one.event()), one.known())));
        beginningBytes = queuedBytes;
        System.arraycopy(known, 0, last, 0, last.length);
        waiting.forEach(message -> take(message.index(), message.offset(), message.frames()));
    }

    /**
     * Queues a message that this session has not had.
     *
     * @param delivered offsets up to which all sessions have been offered everything, by partition
     * @return whether there is something to {@link #flush()}
     */
    synchronized boolean offer(int partition, long offset, Frames frames, AtomicLongArray delivered) {
        int index = listening.indexOf(partition);
        if (closing || index < 0) {
            return false;
        }
        if (collected != null) {
            collect(collected, new Numbered(index, offset, frames));
            return false;
        }
        if (offset <= last[index]) {
            return false;
        }
        advance(delivered);
        return take(index, offset, frames);
    }

    private void collect(List<Numbered> waiting, Numbered message) {
        beginningBytes += message.frames().size();
        if (beginningBytes > maxQueuedBytes) {
            waiting.clear();
            close(CloseReason.SLOW_READER, 0);
        } else {
            waiting.add(message);
        }
    }

    private boolean take(int index, long offset, Frames frames) {
        if (closing || offset <= last[index]) {
            return false;
        }
        last[index] = offset;
        enqueueWithin(frame(frames, last));
        return true;
    }

    /** Queues an event that is no record of the topic. */
    synchronized void tell(Uuid topicId, LiveEvent event, AtomicLongArray delivered) {
        if (!closing && collected == null) {
            advance(delivered);
            pingQueued |= LiveEvents.isPing(event);
            enqueueWithin(frame(new Frames(topicId, event), last));
        }
    }

    private void advance(AtomicLongArray delivered) {
        for (int i = 0; i < last.length; i++) {
            last[i] = Math.max(last[i], delivered.get(listening.partitions()[i]));
        }
    }

    private ByteBuffer frame(Frames frames, long[] known) {
        return frames.frame(outlet.format(), listening.partitions(), known);
    }

    /** Ends the stream after a word about why; what still waits is dropped, the client comes back for it. */
    synchronized void close(CloseReason reason, long retryAfterMillis) {
        if (closing) {
            return;
        }
        closing = true;
        endedBy = reason;
        queue.clear();
        pingQueued = false;
        queuedBytes = inFlightBytes;
        enqueue(outlet.format().frame(null, LiveEvents.close(reason, retryAfterMillis)));
    }

    /** Writes what waits, unless a write is under way that will do it. */
    void flush() {
        for (ByteBuffer[] frames = takeAll(); frames != null; frames = takeAll()) {
            if (!outlet.write(frames)) {
                return;
            }
            settle();
        }
    }

    /** The write under way is complete. */
    void written() {
        settle();
        flush();
    }

    /** Whether it has been told that it ends. */
    synchronized boolean isClosing() {
        return closing;
    }

    /** The connection is gone. */
    synchronized void closed() {
        closing = true;
        closed = true;
        queue.clear();
        if (collected != null) {
            collected = List.of();
        }
    }

    /** {@link System#nanoTime()} of the beginning of the write under way; 0 for none. */
    long writingSince() {
        return writingSince;
    }

    /** A write has failed, and whatever waits for it with it. */
    synchronized void unwritten() {
        if (pingQueued || pingInFlight) {
            heartbeatFailed(HeartbeatFailure.UNWRITTEN);
        }
    }

    /** Once, and not of a connection that is ending anyhow. */
    synchronized void heartbeatFailed(HeartbeatFailure why) {
        if (!closing && failedHeartbeat == null) {
            failedHeartbeat = why;
        }
    }

    /** Null where none has. */
    synchronized @Nullable HeartbeatFailure failedHeartbeat() {
        return failedHeartbeat;
    }

    /** The write under way comes to no end, and no ping behind it comes through. */
    void cutOff() {
        heartbeatFailed(HeartbeatFailure.UNWRITTEN);
        abort(CloseReason.SLOW_READER);
    }

    /** Ends it without a word, which would not come through. */
    void abort(CloseReason reason) {
        synchronized (this) {
            endedBy = endedBy == null ? reason : endedBy;
        }
        outlet.abort();
    }

    /** Asks the client for a sign of life, where its kind can give one. */
    void ask(Instant now) {
        Instant before = askedAt;
        askedAt = before == null ? now : before;
        if (!outlet.ask()) {
            askedAt = before;
        }
    }

    /** See {@link Outlet#connection()}. */
    @Nullable TcpConnection connection() {
        return outlet.connection();
    }

    /** What was sent to the client was not acknowledged when it was asked for. */
    void unacknowledged(Instant now) {
        Instant before = askedAt;
        askedAt = before == null ? now : before;
    }

    /** The client has said something, or has answered. */
    void alive() {
        askedAt = null;
    }

    /** Whether it was asked for a sign of life, or owes one, and has given none since. */
    boolean owesSignOfLife() {
        return askedAt != null;
    }

    /** Whether it has left a question unanswered for {@code limit}. */
    boolean isStale(Instant now, Duration limit) {
        Instant asked = askedAt;
        return asked != null && !asked.plus(limit).isAfter(now);
    }

    /** Says why it ends; where that was said before and nothing came of it, ends it. */
    void giveUp() {
        boolean told;
        synchronized (this) {
            told = closing;
            heartbeatFailed(HeartbeatFailure.UNANSWERED);
            close(CloseReason.STALE, 0);
        }
        if (told) {
            abort(CloseReason.STALE);
        } else {
            flush();
        }
    }

    /** In milliseconds since the epoch. */
    synchronized void openedAt(long millis) {
        openedAt = millis;
    }

    /** As it was told, once; {@link #NOT_OPEN} from then on. */
    synchronized long takeOpenedAt() {
        long taken = openedAt;
        openedAt = NOT_OPEN;
        return taken;
    }

    String kind() {
        return outlet.kind();
    }

    /** The code of the reason for which the server ended it; {@code gone} where its client or the network did. */
    synchronized String endedBy() {
        return endedBy == null ? "gone" : endedBy.code();
    }

    private void enqueueWithin(ByteBuffer frame) {
        enqueue(frame);
        if (queuedBytes - beginningBytes > maxQueuedBytes) {
            close(CloseReason.SLOW_READER, 0);
        }
    }

    private void enqueue(ByteBuffer frame) {
        queue.add(frame);
        queuedBytes += frame.remaining();
    }

    private ByteBuffer @Nullable [] takeAll() {
        boolean end;
        synchronized (this) {
            if (writingSince != 0 || closed) {
                return null;
            }
            end = queue.isEmpty() && closing;
            if (!end && queue.isEmpty()) {
                return null;
            }
            if (!end) {
                ByteBuffer[] frames = queue.toArray(ByteBuffer[]::new);
                queue.clear();
                inFlightBytes = queuedBytes;
                pingInFlight = pingQueued;
                pingQueued = false;
                writingSince = System.nanoTime() | 1;
                return frames;
            }
        }
        outlet.close();
        return null;
    }

    private synchronized void settle() {
        writingSince = 0;
        queuedBytes -= inFlightBytes;
        inFlightBytes = 0;
        pingInFlight = false;
        beginningBytes = 0;
    }
}
