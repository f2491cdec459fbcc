package dev.carillon.platform.delivery;

import java.time.Duration;

/**
 * Notices that a provider is down, so that the worker pauses instead of burning everybody's attempts. After
 * {@value #THRESHOLD} failures in a row it is open for a pause that doubles from 1 s to 60 s; then attempts are let
 * through again, and the first success closes it. Safe for all threads.
 */
final class CircuitBreaker {
    private static final int THRESHOLD = 20;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private int failures;
    private Duration pause = FIRST_PAUSE;
    private long openUntilNanos;
    private boolean open;

    /** Reports an attempt: {@code failed} where it says that the provider is down. */
    synchronized void observe(boolean failed) {
        if (!failed) {
            failures = 0;
            open = false;
            pause = FIRST_PAUSE;
            return;
        }
        failures++;
        if (failures >= THRESHOLD && !isOpen()) {
            open = true;
            openUntilNanos = System.nanoTime() + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Whether the worker should pause now. */
    synchronized boolean isOpen() {
        return open && System.nanoTime() < openUntilNanos;
    }
}
