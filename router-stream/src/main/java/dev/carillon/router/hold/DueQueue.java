package dev.carillon.router.hold;

import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is due when, in order of time. Looking begins at a watermark below which nothing waits: looking from zero would
 * crawl over the remains of everything ever released.
 */
public final class DueQueue {
    /** What {@link #takeEarliestAdded()} answers where nothing was added. */
    public static final long NOTHING = Long.MAX_VALUE;

    private static final byte[] PRESENT = {1};

    private final StagedStore store;
    private long watermark;
    private long earliestAdded = NOTHING;

    public DueQueue(StagedStore store) {
        this.store = store;
    }

    /** Adds an entry; one before the watermark is due at the watermark. Returns it as it was added. */
    public Due.OfSlot add(Due.OfSlot due) {
        var added = new Due.OfSlot(clamp(due.millis()), due.recipient(), due.slot());
        store.put(HoldKeys.due(added), PRESENT);
        return added;
    }

    /** As {@link #add(Due.OfSlot)}. */
    public Due.OfJob add(Due.OfJob due) {
        var added = new Due.OfJob(clamp(due.millis()), due.event());
        store.put(HoldKeys.due(added), PRESENT);
        return added;
    }

    /** As {@link #add(Due.OfSlot)}. */
    Due.OfMark add(Due.OfMark due) {
        var added = new Due.OfMark(clamp(due.millis()), due.event());
        store.put(HoldKeys.due(added), PRESENT);
        return added;
    }

    /** As {@link #add(Due.OfSlot)}. */
    Due.OfErasure add(Due.OfErasure due) {
        var added = new Due.OfErasure(clamp(due.millis()), due.person());
        store.put(HoldKeys.due(added), PRESENT);
        return added;
    }

    boolean has(Due due) {
        return store.get(HoldKeys.due(due)) != null;
    }

    public void remove(Due due) {
        store.delete(HoldKeys.due(due));
    }

    /** When the next entry is due, in milliseconds since the epoch. */
    public OptionalLong next(long now) {
        if (now < watermark) {
            watermark = 0; // the clock was set back: what is due by it may lie below
        }
        try (Scan scan = store.range(HoldKeys.dueFrom(watermark), HoldKeys.dueEnd())) {
            if (!scan.hasNext()) {
                watermark = now;
                return OptionalLong.empty();
            }
            long millis = HoldKeys.readDue(scan.next().key()).millis();
            watermark = Math.min(now, millis);
            return OptionalLong.of(millis);
        }
    }

    /** The first entries that are due at {@code now}, at most {@code most}, in order. */
    public List<Due> until(long now, int most) {
        List<Due> due = new ArrayList<>();
        try (Scan scan = store.range(HoldKeys.dueFrom(Math.min(watermark, now)), HoldKeys.dueFrom(now + 1))) {
            while (scan.hasNext() && due.size() < most) {
                due.add(HoldKeys.readDue(scan.next().key()));
            }
        }
        return due;
    }

    /** The earliest time of all entries added since the last call. */
    public long takeEarliestAdded() {
        long earliest = earliestAdded;
        earliestAdded = NOTHING;
        return earliest;
    }

    private long clamp(long millis) {
        long due = Math.max(millis, watermark);
        earliestAdded = Math.min(earliestAdded, due);
        return due;
    }
}
