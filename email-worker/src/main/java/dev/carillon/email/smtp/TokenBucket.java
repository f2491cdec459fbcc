package dev.carillon.email.smtp;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps to a {@link Rate}: a token bucket, written as the time at which it is full again (the generic cell rate algorithm).
 * Safe for all threads.
 */
final class TokenBucket {
    private static final Duration LONGEST_PROMISE = Duration.ofMinutes(10);

    private final Rate rate;
    private final Duration interval;
    private final Duration tolerance;
    private final Promises promises = new Promises(LONGEST_PROMISE);
    private Instant fullAt = Instant.EPOCH;

    TokenBucket(Rate rate) {
        this.rate = rate;
        this.interval = rate.interval();
        this.tolerance = interval.multipliedBy(rate.burst() - 1L);
    }

    /**
     * Takes a token; where there is none, says when to come for one.
     *
     * @param waited whether it came before and was sent away: those go first
     * @return null where it has a token
     */
    synchronized @Nullable Instant take(Instant now, boolean waited) {
        Instant latest = now.plus(tolerance).plus(interval);
        if (fullAt.isAfter(latest)) {
            // The clock went back.
            fullAt = latest;
        }
        Instant free = fullAt.minus(tolerance);
        if (free.isAfter(now) || (!waited && promises.pending(now))) {
            return promises.next(now, free, interval);
        }
        fullAt = (fullAt.isAfter(now) ? fullAt : now).plus(interval);
        return null;
    }

    /** Gives back a token that was not used after all. */
    synchronized void giveBack() {
        fullAt = fullAt.minus(interval);
    }

    Rate rate() {
        return rate;
    }
}
