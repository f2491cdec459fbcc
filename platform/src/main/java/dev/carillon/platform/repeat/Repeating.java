package dev.carillon.platform.repeat;

import dev.carillon.platform.kafka.Phases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a task one time after the other, for as long as the service runs. A failure is logged, once until it works again,
 * and the next time comes.
 */
public final class Repeating implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);
    /** How long a run that is under way may take to end before it is interrupted. */
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final String name;
    private final Duration first;
    private final Duration interval;
    private final Runnable task;
    private @Nullable ScheduledExecutorService timer;
    private boolean failing;

    /** @param interval from the end of one time to the beginning of the next; the first begins after it too */
    public Repeating(String name, Duration interval, Runnable task) {
        this(name, interval, interval, task);
    }

    /** @param first from the start to the first time; where it is zero, the start waits for the first time to end */
    public Repeating(String name, Duration first, Duration interval, Runnable task) {
        this.name = name;
        this.first = first;
        this.interval = interval;
        this.task = task;
    }

    private void run() {
        try {
            task.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("{} failed, and is tried again every {}: {}", name, interval, e.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public synchronized void start() {
        if (timer != null) {
            return;
        }
        Duration wait = first;
        if (first.isZero()) {
            run();
            wait = interval;
        }
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        var _ = timer.scheduleWithFixedDelay(this::run, wait.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (timer == null) {
            return;
        }
        timer.shutdown();
        try {
            var _ = timer.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        timer = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
