package dev.carillon.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The time of a thread: passes only where it is told to and where somebody sleeps, during which something may happen. */
public final class StandingTime {
    private final AtomicLong now = new AtomicLong(System.nanoTime());
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private volatile Runnable meanwhile = () -> {};

    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Happens in every sleep from now on. */
    public void meanwhile(Runnable happening) {
        meanwhile = happening;
    }

    /** How long whoever slept wanted to. */
    public List<Duration> sleeps() {
        return sleeps;
    }

    /** On a scale like that of {@link System#nanoTime()}. */
    public long nanos() {
        return now.get();
    }

    /** Returns at once, after what happens meanwhile. */
    public void sleep(long nanos) {
        sleeps.add(Duration.ofNanos(nanos));
        meanwhile.run();
        now.addAndGet(nanos);
    }
}
