package dev.carillon.platform.delivery;

import java.time.Duration;

/**
 * Notices that a provider is down, so that nobody's attempts are burned on it. After {@value #THRESHOLD} signs of it in a
 * row it is open: nothing is let through for a pause that doubles from 1 s to 60 s. Then one attempt is: a sign of life
 * closes it for all, a sign of the opposite begins the next pause, and none lets another attempt try. Safe for all threads.
 */
final class CircuitBreaker {
    static final int THRESHOLD = 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Duration firstPause;
    private int failures;
    private Duration pause;
    private long openUntilNanos;
    private boolean open;
    private boolean probing;

    CircuitBreaker() {
        this(FIRST_PAUSE);
    }

    CircuitBreaker(Duration firstPause) {
        this.firstPause = firstPause;
        this.pause = firstPause;
    }

    /** What an attempt says about its provider. */
    enum Sign {
        /** It answered, be it yes or no. */
        ALIVE,
        DOWN,
        /** The attempt did not get as far. */
        NONE
    }

    /** Returns when an attempt may be made, which must then be followed by {@link #observe}. */
    synchronized void admit() throws InterruptedException {
        while (open) {
            long left = openUntilNanos - System.nanoTime();
            if (left > 0) {
                wait(left / 1_000_000 + 1);
            } else if (probing) {
                wait();
            } else {
                probing = true;
                return;
            }
        }
    }

    /** Reports an attempt that was admitted. */
    synchronized void observe(Sign sign) {
        switch (sign) {
            case ALIVE -> {
                failures = 0;
                open = false;
                pause = firstPause;
            }
            case DOWN -> {
                failures++;
                if (open ? probing : failures >= THRESHOLD) {
                    open();
                }
            }
            case NONE -> {}
        }
        probing = false;
        notifyAll();
    }

    private void open() {
        open = true;
        openUntilNanos = System.nanoTime() + pause.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Whether nothing at all is let through now. */
    synchronized boolean isOpen() {
        return open && System.nanoTime() - openUntilNanos < 0;
    }
}
