package dev.carillon.ingest.audience;

import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.recipient.AudienceId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The whole graph in memory, for events to be resolved by. A change made here counts at once; by another replica, within
 * the refresh interval. While the database is away the last known graph goes on to count.
 */
public final class KnownNesting implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(KnownNesting.class);

    private final NestingTable table;
    private final Duration refresh;
    private volatile AudienceGraph graph = AudienceGraph.empty();
    private long version = -1;
    private @Nullable ScheduledExecutorService timer;

    KnownNesting(NestingTable table, Duration refresh) {
        this.table = table;
        this.refresh = refresh;
    }

    /** These audiences and all that belong to them, at any depth, each once. */
    public List<AudienceId> resolve(List<AudienceId> audiences) {
        return audiences.isEmpty() ? audiences : graph.resolve(audiences);
    }

    /** What belongs to {@code audience} itself, in order. */
    Collection<AudienceId> directly(AudienceId audience) {
        return graph.directly(audience);
    }

    /** Reads the graph where it has changed: the version first, so that a change in between is read again. */
    synchronized void reload() {
        long now = table.version();
        if (now != version) {
            graph = table.read();
            version = now;
        }
    }

    private void refresh() {
        try {
            reload();
        } catch (RuntimeException e) {
            LOG.warn("nested audiences cannot be read, the known ones go on to count: {}", e.getMessage());
        }
    }

    @Override
    public void start() {
        refresh();
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ingest-audiences").daemon().factory());
        ScheduledFuture<?> _ = started.scheduleWithFixedDelay(
                this::refresh, refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
        timer = started;
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
