package dev.carillon.ingest.publication;

import dev.carillon.platform.kafka.Phases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Finishes what a crash or an absent broker left unpublished, and clears away what was deleted long enough ago. */
public final class Sweeper implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 200;
    /** Far longer than any statement that may still hold a version taken before the deletion. */
    private static final Duration DELETED_ROWS_STAY = Duration.ofHours(1);

    private final PublishSettings publish;
    private final List<SettingTable<?>> tables;
    private final Clock clock;
    private final Duration interval;
    private @Nullable ScheduledExecutorService timer;
    private boolean failing;

    public Sweeper(PublishSettings publish, List<SettingTable<?>> tables, Clock clock, Duration interval) {
        this.publish = publish;
        this.tables = List.copyOf(tables);
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ingest-sweeper").daemon().factory());
        ScheduledFuture<?> _ = started.scheduleWithFixedDelay(
                this::sweep, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        timer = started;
    }

    /** One round over all tables. Failures are logged, once until it works again; the next round tries again. */
    private void sweep() {
        try {
            for (SettingTable<?> table : tables) {
                sweep(table);
                table.purge(clock.instant().minus(DELETED_ROWS_STAY));
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("settings wait to be published, trying again every {}: {}", interval, e.getMessage());
            }
            failing = true;
        }
    }

    private void sweep(SettingTable<?> table) {
        int published;
        do {
            published = publish.publishLeftBehind(table, BATCH);
            if (published > 0) {
                LOG.info("published {} rows of {} that were left behind", published, table.name());
            }
        } while (published == BATCH);
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
