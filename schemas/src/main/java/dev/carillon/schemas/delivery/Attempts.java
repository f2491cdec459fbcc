package dev.carillon.schemas.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a worker has tried a delivery.
 *
 * @param made attempts so far, 0 at first
 * @param notBefore no attempt earlier than this; null means at once
 * @param done parts that need no further attempt (devices that accepted), in the channel's own terms
 * @param lastReason code of what made the last one fail
 */
public record Attempts(
        int made,
        @Nullable Instant notBefore,
        List<String> done,
        @Nullable String lastReason) {

    public Attempts {
        done = done == null ? List.of() : List.copyOf(done);
    }

    public static Attempts none() {
        return new Attempts(0, null, List.of(), null);
    }
}
