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
     */
    record Deliver(boolean silent) implements Decision {}

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
