package dev.carillon.ingest.apikey;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All valid keys, in memory. A key that was made or revoked here counts at once; by another replica, within the refresh
 * interval. While the database is away the last known keys go on to count.
 */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    /** An unknown token may be younger than our copy, but must not make us ask the database at any rate. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Supplier<Map<String, ApiKey>> read;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - LOOK_AGAIN.toNanos());
    private volatile Map<String, ApiKey> keys = Map.of();

    /** @param read every valid key by the hash of its token */
    KeyRing(Supplier<Map<String, ApiKey>> read) {
        this.read = read;
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

    /** The valid key of this id, or null. */
    @Nullable ApiKey find(UUID id) {
        return keys.values().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private boolean mayLookAgain() {
        long last = lookedAt.get();
        long now = System.nanoTime();
        return now - last >= LOOK_AGAIN.toNanos() && lookedAt.compareAndSet(last, now);
    }

    /** Reads all keys anew, the latest call last; where that fails, those known so far stay. */
    synchronized void reload() {
        try {
            keys = Map.copyOf(read.get());
        } catch (RuntimeException e) {
            LOG.warn("API keys cannot be read, the known ones stay valid: {}", e.getMessage());
        }
    }
}
