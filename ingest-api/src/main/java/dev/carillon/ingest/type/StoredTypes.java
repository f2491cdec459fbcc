package dev.carillon.ingest.type;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.type.NotificationType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Looks a type up where it is stored, for those that are not in memory yet. An answer counts for a second, so that
 * events of a type that nobody made do not ask the database at their rate; and a caller waits half a second at most.
 */
final class StoredTypes {
    private static final long ANSWER_COUNTS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE_MS = 500;
    private static final int MOST_MISSES = 1_000;

    private final Function<String, Optional<NotificationType>> stored;
    private final Executor threads = task -> Thread.startVirtualThread(task);
    private final Map<String, Long> misses = new ConcurrentHashMap<>();
    private volatile @Nullable Long failedAt;

    StoredTypes(Function<String, Optional<NotificationType>> stored) {
        this.stored = stored;
    }

    /**
     * The stored type; null where there is none.
     *
     * @throws ProblemException 503 where the database does not say
     */
    @Nullable NotificationType find(String name) {
        if (isRecent(failedAt)) {
            throw unknown();
        }
        if (isRecent(misses.get(name))) {
            return null;
        }
        NotificationType found = lookUp(name);
        if (found == null) {
            if (misses.size() >= MOST_MISSES) {
                misses.clear();
            }
            misses.put(name, System.nanoTime());
        }
        return found;
    }

    private @Nullable NotificationType lookUp(String name) {
        try {
            return CompletableFuture.supplyAsync(() -> stored.apply(name), threads)
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .orElse(null);
        } catch (ExecutionException | TimeoutException e) {
            failedAt = System.nanoTime();
            throw unknown().because(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown().because(e);
        }
    }

    private static boolean isRecent(@Nullable Long nanos) {
        return nanos != null && System.nanoTime() - nanos < ANSWER_COUNTS_NANOS;
    }

    private static ProblemException unknown() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "database_unavailable",
                "the event has no title, its type is not known here yet, and the database does not answer: try again",
                List.of(),
                Duration.ofSeconds(2));
    }
}
