package dev.carillon.router.decision;

import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to one notification on one channel, now. */
public sealed interface Decision {

    /**
     * It goes out.
     *
     * @param silent shown without toast and sound (in-app only)
     * @param opens the window that it opens for what follows it; null for none
     */
    record Deliver(boolean silent, @Nullable Opening opens) implements Decision {

        /** It opens no window. */
        public Deliver(boolean silent) {
            this(silent, null);
        }
    }

    /**
     * A window that is opened by what goes out at once.
     *
     * @param until when it ends, later than now
     */
    record Opening(Slot slot, Instant until) {}

    /**
     * It waits and is decided again.
     *
     * @param until later than now
     * @param gate what it waits for, passed once {@code until} has come
     */
    record Hold(Instant until, Slot slot, Gate gate) implements Decision {}

    /**
     * It does not go out.
     *
     * @param detail for people: which of the things that the reason may mean; null where it says all
     */
    record Suppress(Reason reason, @Nullable String detail) implements Decision {
        public Suppress(Reason reason) {
            this(reason, null);
        }
    }
}
