package dev.carillon.router.hold;

import dev.carillon.router.decision.Slot;
import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much waits in a partition, and since when. Its slots are counted in portions, in the order of their keys; those that
 * are counted are followed from then on. The partition's thread counts, any thread reads.
 */
public final class HoldDepth {
    private final StagedStore store;
    private final Map<Channel, Map<Slot.Kind, Waiting>> waiting = new EnumMap<>(Channel.class);
    /** The first key that is not counted yet. */
    private byte[] uncounted = HoldKeys.allSlots();

    /** Of one channel and kind. */
    private static final class Waiting {
        private final Earliest opened = new Earliest();
        private final AtomicLong deliveries = new AtomicLong();
        private volatile long oldest = Earliest.NONE;

        /** @param sign 1 for a slot that is there now, -1 for one that is there no longer */
        private void count(HeldSlot slot, int sign) {
            long millis = slot.openedAt().toEpochMilli();
            if (sign > 0) {
                opened.add(millis);
            } else {
                opened.remove(millis);
            }
            deliveries.addAndGet(sign * ((long) slot.count() + slot.overflow()));
            oldest = opened.millis();
        }
    }

    /** Has counted nothing yet. */
    public HoldDepth(StagedStore store) {
        this.store = store;
        for (Channel channel : Channel.values()) {
            Map<Slot.Kind, Waiting> kinds = new EnumMap<>(Slot.Kind.class);
            for (Slot.Kind kind : Slot.Kind.values()) {
                kinds.put(kind, new Waiting());
            }
            waiting.put(channel, kinds);
        }
    }

    /** Counts at most {@code most} slots more; says whether some are left. The store must have nothing collected. */
    public boolean countNext(int most) {
        try (Scan slots = store.range(uncounted, HoldKeys.slotsEnd())) {
            for (int i = 0; i < most && slots.hasNext(); i++) {
                count(slots.next().value(), 1);
            }
            boolean left = slots.hasNext();
            uncounted = left ? slots.next().key() : HoldKeys.slotsEnd();
            return left;
        }
    }

    /** Takes in what the store is about to write. */
    public void follow() {
        store.forEachChange(HoldKeys.allSlots(), uncounted, (before, after) -> {
            count(before, -1);
            count(after, 1);
        });
    }

    /** Deliveries that wait, those that are only counted in a full slot included. */
    public long deliveries(Channel channel, Slot.Kind kind) {
        return of(channel, kind).deliveries.get();
    }

    /** When the oldest slot in which something waits was opened, in milliseconds since the epoch. */
    public OptionalLong oldest(Channel channel, Slot.Kind kind) {
        long oldest = of(channel, kind).oldest;
        return oldest == Earliest.NONE ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** A slot that cannot be read counts for nothing; it is dropped when it is due. */
    private void count(byte @Nullable [] value, int sign) {
        if (value == null) {
            return;
        }
        HeldSlot slot;
        try {
            slot = Json.read(value, HeldSlot.class);
        } catch (MalformedRecordException e) {
            return;
        }
        if (slot.count() > 0) {
            of(slot.channel(), slot.kind()).count(slot, sign);
        }
    }

    private Waiting of(Channel channel, Slot.Kind kind) {
        Waiting found = waiting.getOrDefault(channel, Map.of()).get(kind);
        if (found == null) {
            throw new IllegalStateException("every channel and kind is counted from the beginning");
        }
        return found;
    }
}
