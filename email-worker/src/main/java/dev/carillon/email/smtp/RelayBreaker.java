package dev.carillon.email.smtp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notices that one of several relays is down. After {@value #THRESHOLD} failures in a row it is open, and nothing is sent
 * there for a pause that doubles from 1 s to 60 s. Then one mail is: a sign of life closes it, a failure begins the next
 * pause. Nobody waits here, unlike in the worker's own breaker, which holds everything. Safe for all threads.
 */
final class RelayBreaker {
    static final int THRESHOLD = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private Duration pause = FIRST_PAUSE;
    private int failures;
    private @Nullable Instant openUntil;
    private boolean probing;

    RelayBreaker(Clock clock) {
        this.clock = clock;
    }

    /** What a hand-over says about its relay. */
    enum Sign {
        /** It answered, be it yes or no. */
        ALIVE,
        DOWN,
        /** It was not asked. */
        NONE
    }

    /** When it may be tried again; null: now. */
    synchronized @Nullable Instant restsUntil() {
        Instant until = openUntil;
        Instant now = clock.instant();
        if (until == null || (!until.isAfter(now) && !probing)) {
            return null;
        }
        return until.isAfter(now) ? until : now.plus(FIRST_PAUSE);
    }

    /** Whether a mail may be handed over now, which must then be followed by {@link #observe}. */
    synchronized boolean admit() {
        if (restsUntil() != null) {
            return false;
        }
        probing = openUntil != null;
        return true;
    }

    /** Reports a hand-over that was admitted. */
    synchronized void observe(Sign sign) {
        switch (sign) {
            case ALIVE -> {
                failures = 0;
                openUntil = null;
                pause = FIRST_PAUSE;
            }
            case DOWN -> {
                failures++;
                if (openUntil == null ? failures >= THRESHOLD : probing) {
                    open();
                }
            }
            case NONE -> {}
        }
        probing = false;
    }

    private void open() {
        openUntil = clock.instant().plus(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
