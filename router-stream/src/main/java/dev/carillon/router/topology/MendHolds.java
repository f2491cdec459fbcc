package dev.carillon.router.topology;

import dev.carillon.router.hold.LostSlots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts slots that the due queue has lost back into it, counts them and says so once. One thread. */
final class MendHolds {
    private static final Logger LOG = LoggerFactory.getLogger(MendHolds.class);

    private final LostSlots slots;
    private final RouterMeters meters;
    private boolean said;

    MendHolds(LostSlots slots, RouterMeters meters) {
        this.slots = slots;
        this.meters = meters;
    }

    /** Whether there is anything to look at. */
    boolean any() {
        return slots.any();
    }

    /** Looks at the next {@code most}; says whether it came to the end of the round. */
    boolean next(int most) {
        int mended = slots.mend(most);
        if (mended > 0) {
            meters.lost(mended);
            if (!said) {
                LOG.warn("Something waited for which nothing would have woken the router; it is due again at its time."
                        + " That is a defect; carillon.router.holds.lost counts what follows");
                said = true;
            }
        }
        return slots.isThrough();
    }
}
