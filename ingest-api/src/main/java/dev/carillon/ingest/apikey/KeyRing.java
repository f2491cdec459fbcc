package dev.carillon.ingest.apikey;

import dev.carillon.platform.kafka.Phases;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * All valid keys, in memory. A key that was made or revoked here counts at once; by another replica, within the refresh
 * interval. While the database is away the last known keys go on to count.
 */
final class KeyRing implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    /** An unknown token may be younger than our copy, but must not make us ask the database at any rate. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Supplier<Map<String, ApiKey>> read;
    private final Duration refresh;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - LOOK_AGAIN.toNanos());
    private volatile Map<String, ApiKey> keys = Map.of();
    private @Nullable ScheduledExecutorService timer;

    /** @param read every valid key by the hash of its token */
    KeyRing(Supplier<Map<String, ApiKey>> read, Duration refresh) {
        this.read = read;
        this.refresh = refresh;
    }

    /** The key that a caller shows, or null where it is none of ours. */
    @Nullable ApiKey find(String token) {
        String hash = Token.hash(token);
        ApiKey known = keys.get(hash);
        if (known == null && mayLookAgain()) {
            reload();
            known = keys.get(hash);
        }
        return known;
    }

    private boolean mayLookAgain() {
        long last = lookedAt.get();
        long now = System.nanoTime();
        return now - last >= LOOK_AGAIN.toNanos() && lookedAt.compareAndSet(last, now);
    }

    /** Reads all keys anew; where that fails, those known so far stay. A failure that got out would end the timer. */
    void reload() {
        try {
            keys = Map.copyOf(read.get());
        } catch (RuntimeException e) {
            LOG.warn("API keys cannot be read, the known ones stay valid: {}", e.getMessage());
        }
    }

    @Override
    public void start() {
        reload();
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ingest-keys").daemon().factory());
        ScheduledFuture<?> _ = started.scheduleWithFixedDelay(
                this::reload, refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
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
