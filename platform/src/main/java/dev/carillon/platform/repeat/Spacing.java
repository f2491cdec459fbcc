package dev.carillon.platform.repeat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps a distance between the beginnings of what a thread does again and again, so that what comes meanwhile is done
 * together. After a silence nothing waits. For one thread.
 */
public final class Spacing {
    private final long distanceNanos;
    private final Time time;
    private long begunNanos;

    /**
     * The time that a thread has.
     *
     * @param nanos on a scale like that of {@link System#nanoTime()}
     */
    public record Time(LongSupplier nanos, Sleep sleep) {
        /** The machine's. */
        public static Time ofThisMachine() {
            return new Time(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
        }
    }

    /** Lets a thread wait. */
    @FunctionalInterface
    public interface Sleep {
        void sleep(long nanos) throws InterruptedException;
    }

    /** @param distance zero where nothing ever waits */
    public Spacing(Duration distance) {
        this(distance, Time.ofThisMachine());
    }

    public Spacing(Duration distance, Time time) {
        this.distanceNanos = distance.toNanos();
        this.time = time;
        this.begunNanos = time.nanos().getAsLong() - distanceNanos;
    }

    /** Returns when the next may begin: after the distance at the latest. */
    public void await() throws InterruptedException {
        long left = distanceNanos - (time.nanos().getAsLong() - begunNanos);
        if (left > 0) {
            time.sleep().sleep(left);
        }
        begunNanos = time.nanos().getAsLong();
    }
}
