package dev.carillon.email.ledger;

import dev.carillon.platform.repeat.Spacing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Passes only where somebody sleeps, during which something may happen. */
final class StandingTime implements Spacing.Time {
    private final AtomicLong now = new AtomicLong(System.nanoTime());
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private volatile Runnable meanwhile = () -> {};

    /** Happens in every sleep from now on. */
    void meanwhile(Runnable happening) {
        meanwhile = happening;
    }

    /** How long whoever slept wanted to. */
    List<Duration> sleeps() {
        return sleeps;
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void sleep(long nanos) {
        sleeps.add(Duration.ofNanos(nanos));
        meanwhile.run();
        now.addAndGet(nanos);
    }
}
