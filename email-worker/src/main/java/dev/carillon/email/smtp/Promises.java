package dev.carillon.email.smtp;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells those who must wait when to come back, one after the other, so that they do not all come at once and again.
 * Nothing is reserved: who stays away leaves the place to others. Not safe for several threads.
 */
final class Promises {
    /** Sooner is not worth the way through a retry tier. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Duration longest;
    private Instant last = Instant.EPOCH;

    /** @param longest further away nobody is sent: things may turn out better */
    Promises(Duration longest) {
        this.longest = longest;
    }

    /** Whether somebody who was sent away may still come. */
    boolean pending(Instant now) {
        return last.isAfter(now) && !last.isAfter(now.plus(longest));
    }

    /**
     * When the next one shall come.
     *
     * @param earliest when it makes sense at all
     * @param interval between two of them
     */
    Instant next(Instant now, Instant earliest, Duration interval) {
        Instant after = pending(now) ? last.plus(interval) : now;
        Instant turn = after.isBefore(earliest) ? earliest : after;
        Instant latest = now.plus(longest);
        last = turn.isAfter(latest) ? latest : turn;
        Instant soonest = now.plus(SHORTEST);
        return last.isBefore(soonest) ? soonest : last;
    }
}
