package dev.carillon.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands out the moments at which something is to be sent, at a fixed rate whatever becomes of what was sent before: who is
 * late sends at once, and the lateness counts (no coordinated omission). A rate of 0 means as fast as possible. Any
 * thread asks.
 */
final class OpenLoop {
    private final double nanosEach;
    private final long start;
    private final long end;
    private final AtomicLong next = new AtomicLong();

    OpenLoop(double perSecond, long start, long nanos) {
        this.nanosEach = perSecond <= 0 ? 0 : 1e9 / perSecond;
        this.start = start;
        this.end = start + nanos;
    }

    /**
     * Waits for the next moment.
     *
     * @return the intended time by {@link System#nanoTime}, or -1 at the end
     */
    long await() {
        long number = next.getAndIncrement();
        if (nanosEach == 0) {
            long now = System.nanoTime();
            return now - end >= 0 ? -1 : now;
        }
        long intended = start + (long) (number * nanosEach);
        if (intended - end >= 0) {
            return -1;
        }
        for (long wait = intended - System.nanoTime(); wait > 0; wait = intended - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        return intended;
    }
}
