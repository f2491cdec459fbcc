package dev.carillon.router.hold;

import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import java.util.Arrays;

/**
 * Looks, in portions and over and over, whether the due queue has each slot's entry: one without would wait for ever.
 * What it looks at is not written unless its entry is missing. One thread.
 */
public final class LostSlots {
    private final StagedStore store;
    private final DueQueue queue;
    private final Holds holds;
    /** The first key that was not looked at in this round. */
    private byte[] next = HoldKeys.allSlots();

    public LostSlots(StagedStore store, DueQueue queue, Holds holds) {
        this.store = store;
        this.queue = queue;
        this.holds = holds;
    }

    /** Whether there is any slot. */
    public boolean any() {
        try (Scan slots = store.range(HoldKeys.allSlots(), HoldKeys.slotsEnd())) {
            return slots.hasNext();
        }
    }

    /** Looks at the next {@code most} slots, puts back the entries that are missing, and says how many it were. */
    public int mend(int most) {
        int mended = 0;
        try (Scan slots = store.range(next, HoldKeys.slotsEnd())) {
            for (int i = 0; i < most && slots.hasNext(); i++) {
                mended += mend(slots.next()) ? 1 : 0;
            }
            next = slots.hasNext() ? slots.next().key() : HoldKeys.allSlots();
        }
        return mended;
    }

    /** Whether the last portion was the last of its round. */
    public boolean isThrough() {
        return Arrays.equals(next, HoldKeys.allSlots());
    }

    /** One that cannot be read is dropped when it is due; when that is cannot be read either. */
    private boolean mend(Scan.Entry entry) {
        Due.OfSlot due;
        HeldSlot slot;
        try {
            slot = Json.read(entry.value(), HeldSlot.class);
            due = HoldKeys.dueOfSlot(entry.key(), slot.armedDue());
        } catch (MalformedRecordException | IllegalArgumentException e) {
            return false;
        }
        if (queue.has(due)) {
            return false;
        }
        holds.rearm(due.recipient(), slot);
        return true;
    }
}
