package dev.carillon.router.hold;

import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.LongestWaits;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are cancelled, for everybody or for some. There is no index from an event to what waits of it, so
 * whoever decides asks here. A mark outlives everything that may wait, and then goes with its entry in the due queue.
 */
public final class Marks {
    /** As long as something may wait. */
    public static final Duration KEPT = LongestWaits.UNTIL_ROUTED;

    private static final byte EVERYBODY = 1;
    private static final byte SOME = 2;
    private static final byte[] PRESENT = {1};

    private final StagedStore store;
    private final DueQueue queue;

    public Marks(StagedStore store, DueQueue queue) {
        this.store = store;
        this.queue = queue;
    }

    /** Cancels {@code event} for these, or for everybody where nobody is named. */
    public void add(EventUid event, List<RecipientId> recipients, Instant now) {
        Mark before = find(event);
        if (before != null) {
            queue.remove(new Due.OfMark(before.until, event));
        }
        boolean everybody = recipients.isEmpty() || (before != null && before.everybody);
        if (!everybody) {
            recipients.forEach(recipient -> store.put(HoldKeys.mark(event, recipient), PRESENT));
        }
        var due = queue.add(new Due.OfMark(now.plus(KEPT).toEpochMilli(), event));
        store.put(HoldKeys.mark(event), new Mark(everybody, due.millis()).bytes());
    }

    /** Whether {@code recipient} is not told of {@code event} any more. */
    public boolean covers(EventUid event, RecipientId recipient) {
        Mark mark = find(event);
        return mark != null && (mark.everybody || store.get(HoldKeys.mark(event, recipient)) != null);
    }

    /** Forgets the mark whose time has come. */
    public void expire(Due.OfMark due) {
        Mark mark = find(due.event());
        queue.remove(due);
        if (mark != null && mark.until == due.millis()) {
            try (Scan scan = store.scan(HoldKeys.mark(due.event()))) {
                scan.forEachRemaining(entry -> store.delete(entry.key()));
            }
        }
    }

    private @Nullable Mark find(EventUid event) {
        byte[] value = store.get(HoldKeys.mark(event));
        return value == null ? null : Mark.read(value);
    }

    /** The stored form: one byte for whom, and until when it is kept, in milliseconds since the epoch. */
    private record Mark(boolean everybody, long until) {
        static Mark read(byte[] value) {
            ByteBuffer buffer = ByteBuffer.wrap(value);
            return new Mark(buffer.get() == EVERYBODY, buffer.getLong());
        }

        byte[] bytes() {
            return ByteBuffer.allocate(1 + Long.BYTES)
                    .put(everybody ? EVERYBODY : SOME)
                    .putLong(until)
                    .array();
        }
    }
}
