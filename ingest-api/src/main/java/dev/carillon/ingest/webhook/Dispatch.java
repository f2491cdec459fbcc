package dev.carillon.ingest.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, every endpoint by itself: each has lanes of its own, threads that take one message after the other.
 * The first lane begins when something is due, and another joins after each success, up to the limit; a lane ends at a
 * failure, or when nothing is due. So a slow endpoint fills its own lanes only, and one in trouble is asked by one.
 */
final class Dispatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    /** Longer than any attempt: who has not settled by then has died. */
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** However many endpoints there are, requests to the API find connections to the database. */
    private static final int CONNECTIONS = 3;

    private final Subscriptions subscriptions;
    private final MessageTable table;
    private final AttemptMessage attempt;
    private final int lanesEach;
    private final Clock clock;
    private final Map<UUID, Integer> lanes = new HashMap<>();
    private final Semaphore connections = new Semaphore(CONNECTIONS);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());

    Dispatch(Subscriptions subscriptions, MessageTable table, AttemptMessage attempt, int lanesEach, Clock clock) {
        this.subscriptions = subscriptions;
        this.table = table;
        this.attempt = attempt;
        this.lanesEach = lanesEach;
        this.clock = clock;
    }

    /** Begins to send whatever is due. Does not wait for it. */
    void look() {
        if (!subscriptions.enabled().isEmpty()) {
            table.due(clock.instant()).forEach(endpoint -> join(endpoint, 1));
        }
    }

    /** Another lane, where the endpoint has fewer than {@code most}. */
    private synchronized void join(UUID endpoint, int most) {
        if (!threads.isShutdown() && lanes.getOrDefault(endpoint, 0) < most) {
            lanes.merge(endpoint, 1, Integer::sum);
            threads.execute(() -> lane(endpoint));
        }
    }

    private synchronized void leave(UUID endpoint) {
        lanes.computeIfPresent(endpoint, (id, number) -> number == 1 ? null : number - 1);
    }

    private void lane(UUID endpoint) {
        try {
            while (!threads.isShutdown() && next(endpoint)) {
                join(endpoint, lanesEach);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("webhook {} waits for the next look: {}", endpoint, e.getMessage());
        } finally {
            leave(endpoint);
        }
    }

    /** Whether something was due and is delivered. */
    private boolean next(UUID id) throws InterruptedException {
        Endpoint endpoint = subscriptions.find(id);
        Message message = endpoint == null || !endpoint.enabled() ? null : claim(id);
        return endpoint != null
                && message != null
                && attempt.once(endpoint, message).state() == Message.State.DELIVERED;
    }

    private @Nullable Message claim(UUID id) throws InterruptedException {
        connections.acquire();
        try {
            Instant now = clock.instant();
            return table.claim(id, now, now.plus(LEASE)).orElse(null);
        } finally {
            connections.release();
        }
    }

    /** What is under way has a moment to end; the rest is sent again by whoever runs next. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                var _ = threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
