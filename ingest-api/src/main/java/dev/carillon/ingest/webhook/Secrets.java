package dev.carillon.ingest.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of an endpoint.
 *
 * @param previous the one before, until receivers have the current one; null where none is valid beside it
 */
record Secrets(
        Secret current, @Nullable Secret previous, @Nullable Instant previousUntil) {

    static Secrets fresh() {
        return new Secrets(Secret.fresh(), null, null);
    }

    /** A new one; the current one stays valid beside it until {@code until}. */
    Secrets rotated(Instant until) {
        return new Secrets(Secret.fresh(), current, until);
    }

    /** Those that a request at this time is signed with, the current one first. */
    List<Secret> at(Instant now) {
        return previous != null && now.isBefore(validUntil()) ? List.of(current, previous) : List.of(current);
    }

    private Instant validUntil() {
        return previousUntil == null ? Instant.MIN : previousUntil;
    }
}
