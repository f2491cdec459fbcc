package dev.carillon.ingest.ledger;

import dev.carillon.platform.kafka.Phases;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Drops the ledger's old days, soon after the start and then every hour. */
final class LedgerSweep implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerSweep.class);
    private static final long FIRST_AFTER_MINUTES = 1;
    private static final long EVERY_MINUTES = 60;

    private final LedgerDays days;
    private volatile @Nullable ScheduledExecutorService timer;

    LedgerSweep(LedgerDays days) {
        this.days = days;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ingest-ledger-sweep").daemon().factory());
        ScheduledFuture<?> _ =
                started.scheduleWithFixedDelay(this::sweep, FIRST_AFTER_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
        timer = started;
    }

    /** A failure that got out would end the timer. */
    private void sweep() {
        try {
            days.dropOld();
        } catch (RuntimeException e) {
            LOG.warn("the ledger's old days cannot be dropped now: {}", e.getMessage());
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = timer;
        timer = null;
        if (running != null) {
            running.shutdownNow();
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
