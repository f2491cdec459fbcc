package dev.carillon.platform.repeat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a distance between the beginnings of what a thread does again and again, so that what comes meanwhile is done
 * together. After a silence nothing waits. For one thread.
 */
public final class Spacing {
    private final long distanceNanos;
    private final Time time;
    private long begunNanos;

    /** The time that a thread has. */
    public interface Time {
        /** On a scale like that of {@link System#nanoTime()}. */
        long nanos();

        void sleep(long nanos) throws InterruptedException;

        /** The machine's. */
        static Time ofThisMachine() {
            return new Time() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void sleep(long nanos) throws InterruptedException {
                    TimeUnit.NANOSECONDS.sleep(nanos);
                }
            };
        }
    }

    /** @param distance zero where nothing ever waits */
    public Spacing(Duration distance) {
        this(distance, Time.ofThisMachine());
    }

    public Spacing(Duration distance, Time time) {
        this.distanceNanos = distance.toNanos();
        this.time = time;
        this.begunNanos = time.nanos() - distanceNanos;
    }

    /** Returns when the next may begin: after the distance at the latest. */
    public void await() throws InterruptedException {
        long left = distanceNanos - (time.nanos() - begunNanos);
        if (left > 0) {
            time.sleep(left);
        }
        begunNanos = time.nanos();
    }
}
