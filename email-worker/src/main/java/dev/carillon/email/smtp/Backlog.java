package dev.carillon.email.smtp;

import java.time.Duration;
import java.time.Instant;

/**
 * Guesses when a busy relay has time for those that it sent away, by how long its hand-overs took lately. Safe for all
 * threads.
 */
final class Backlog {
    /** A relay that was slow may be fast a minute later. */
    private static final Duration LONGEST_PROMISE = Duration.ofMinutes(1);

    /** The weight of the latest hand-over in the mean, as one part of so many. */
    private static final int MEMORY = 16;

    private final int sessions;
    private final Promises promises = new Promises(LONGEST_PROMISE);
    private long meanNanos;

    Backlog(int sessions) {
        this.sessions = sessions;
    }

    synchronized void took(Duration handOver) {
        meanNanos += (handOver.toNanos() - meanNanos) / MEMORY;
    }

    synchronized Instant comeBack(Instant now) {
        return promises.next(now, now, Duration.ofNanos(meanNanos / sessions));
    }
}
