package dev.carillon.schemas.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a worker has tried a delivery.
 *
 * @param made attempts so far, 0 at first
 * @param notBefore no attempt earlier than this; null means at once
 * @param waitingSince when it began to wait in its present tier; null where it does not wait
 * @param done parts that need no further attempt (devices that accepted), in the channel's own terms
 * @param lastReason code of what made the last one fail
 */
public record Attempts(
        int made,
        @Nullable Instant notBefore,
        @Nullable Instant waitingSince,
        @JsonInclude(Include.NON_EMPTY) List<String> done,
        @Nullable String lastReason) {

    public Attempts {
        done = done == null ? List.of() : List.copyOf(done);
    }

    public static Attempts none() {
        return new Attempts(0, null, null, List.of(), null);
    }

    /** The same, not to be tried again before then. */
    public Attempts withNotBefore(@Nullable Instant instant) {
        return new Attempts(made, instant, waitingSince, done, lastReason);
    }

    /** The same, waiting from {@code now} on. */
    public Attempts waitingFrom(Instant now) {
        return new Attempts(made, notBefore, now, done, lastReason);
    }
}
