package dev.carillon.email.profile;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.Phases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Has what was written and not published, because the broker or this process was gone, published every few seconds. */
public final class LeftBehind implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LeftBehind.class);

    private final List<BooleanSupplier> publishers;
    private final Duration interval;
    private @Nullable ScheduledExecutorService timer;

    /** @param publishers each publishes a portion and tells whether there may be more */
    public LeftBehind(List<BooleanSupplier> publishers, Duration interval) {
        this.publishers = List.copyOf(publishers);
        this.interval = interval;
    }

    private void round() {
        try {
            for (BooleanSupplier publisher : publishers) {
                boolean more = true;
                while (more) {
                    more = publisher.getAsBoolean();
                }
            }
        } catch (BrokerUnavailableException | DataAccessException e) {
            LOG.warn("what recipients stopped waits to be published: {}", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("email-left-behind").factory());
        var _ = started.scheduleWithFixedDelay(
                this::round, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        timer = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = timer;
        timer = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
