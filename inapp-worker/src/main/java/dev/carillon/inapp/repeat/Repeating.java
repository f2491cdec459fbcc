package dev.carillon.inapp.repeat;

import dev.carillon.platform.kafka.Phases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs a task one time after the other, for as long as the service runs. A failure is logged, and the next time comes. */
public final class Repeating implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

    private final String name;
    private final Duration interval;
    private final Runnable task;
    private @Nullable ScheduledExecutorService timer;

    /** @param interval from the end of one time to the beginning of the next; the first begins after it too */
    public Repeating(String name, Duration interval, Runnable task) {
        this.name = name;
        this.interval = interval;
        this.task = task;
    }

    private void run() {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed, and is tried again in {}: {}", name, interval, e.getMessage());
        }
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name(name).factory());
            var _ = timer.scheduleWithFixedDelay(
                    this::run, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
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
