package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One connected client. It begins by collecting what arrives; {@link #begin} puts what was before it in front, and from then
 * on messages follow in the order of their offsets, each once. Safe for all threads; nothing blocks.
 */
final class LiveSession {
    private static final long COLLECTING = Long.MIN_VALUE;

    private final long id;
    private final RecipientId recipient;
    private final @Nullable Instant expiresAt;
    private final long maxQueuedBytes;
    private final Outlet outlet;
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>(1);
    private List<Numbered> collected = new ArrayList<>(0);
    /** Everything up to it is in the queue or written. */
    private long last = COLLECTING;

    private long queuedBytes;
    private long inFlightBytes;
    private boolean closing;
    private boolean closed;
    private volatile long writingSince;

    private record Numbered(long offset, ByteBuffer frame) {}

    /**
     * A session that collects.
     *
     * @param expiresAt when the token that opened it expires; null never
     * @param maxQueuedBytes that may wait for a slow reader
     */
    LiveSession(long id, RecipientId recipient, @Nullable Instant expiresAt, long maxQueuedBytes, Outlet outlet) {
        this.id = id;
        this.recipient = recipient;
        this.expiresAt = expiresAt;
        this.maxQueuedBytes = maxQueuedBytes;
        this.outlet = outlet;
    }

    long id() {
        return id;
    }

    RecipientId recipient() {
        return recipient;
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Starts the stream with {@code head}, which covers everything up to {@code position}. */
    synchronized void begin(long position, List<ByteBuffer> head) {
        last = position;
        head.forEach(this::enqueue);
        for (Numbered message : collected) {
            offer(message.offset(), message.frame());
        }
        collected = List.of();
    }

    /** Queues a message that this session has not had. @return whether there is something to {@link #flush()} */
    synchronized boolean offer(long offset, ByteBuffer frame) {
        if (closing || (last != COLLECTING && offset <= last)) {
            return false;
        }
        if (last == COLLECTING) {
            collected.add(new Numbered(offset, frame));
            return false;
        }
        last = offset;
        enqueue(frame.duplicate());
        if (queuedBytes > maxQueuedBytes) {
            close(CloseReason.SLOW_READER, 0);
        }
        return true;
    }

    /**
     * Queues an event that is no record of the topic.
     *
     * @param delivered offset up to which all sessions have been offered everything
     * @param event makes the frame for the position that a client has reached with it
     */
    synchronized void tell(long delivered, LongFunction<ByteBuffer> event) {
        if (!closing && last != COLLECTING) {
            last = Math.max(last, delivered);
            enqueue(event.apply(last));
        }
    }

    /** Ends the stream after a word about why; what still waits is dropped, the client comes back for it. */
    synchronized void close(CloseReason reason, long retryAfterMillis) {
        if (closing) {
            return;
        }
        closing = true;
        queue.clear();
        queuedBytes = inFlightBytes;
        enqueue(LiveEvents.close(reason, retryAfterMillis));
    }

    /** Writes what waits, unless a write is under way that will do it. */
    void flush() {
        for (ByteBuffer[] frames = take(); frames != null; frames = take()) {
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

    /** The connection is gone. */
    synchronized void closed() {
        closing = true;
        closed = true;
        queue.clear();
        collected = List.of();
    }

    /** {@link System#nanoTime()} of the beginning of the write under way; 0 for none. */
    long writingSince() {
        return writingSince;
    }

    void abort() {
        outlet.close();
    }

    private void enqueue(ByteBuffer frame) {
        queue.add(frame);
        queuedBytes += frame.remaining();
    }

    private ByteBuffer @Nullable [] take() {
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
    }
}
