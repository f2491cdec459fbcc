package dev.carillon.inapp.retention;

import dev.carillon.platform.kafka.Phases;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the sweeps, one at a time, for as long as the service runs. */
final class Retention implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final RetentionSweep sweep;
    private final FeedLimit limit;
    private final Duration interval;
    private @Nullable ScheduledExecutorService timer;

    Retention(RetentionSweep sweep, FeedLimit limit, Duration interval) {
        this.sweep = sweep;
        this.limit = limit;
        this.interval = interval;
    }

    private void run() {
        try {
            int gone = sweep.sweep();
            int trimmed = limit.trim();
            if (gone + trimmed > 0) {
                LOG.info("retention: {} rows are gone, {} were above the limit of their feed", gone, trimmed);
            }
        } catch (RuntimeException e) {
            LOG.warn("retention failed, and is tried again in {}: {}", interval, e.getMessage());
        }
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("inapp-retention").factory());
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
