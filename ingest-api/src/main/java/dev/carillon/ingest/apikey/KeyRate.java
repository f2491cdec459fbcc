package dev.carillon.ingest.apikey;

import dev.carillon.platform.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.http.HttpStatus;

/** How fast each key may call: each call and each further event of an array is one. Counted by each replica for itself. */
public final class KeyRate {
    private final int perSecond;
    private final int largest;
    private final LongSupplier nanoTime;
    private final Map<UUID, Limited> buckets = new ConcurrentHashMap<>();

    /**
     * The rate of this replica.
     *
     * @param perSecond of a key that has no limit of its own
     * @param largest number of events in a request, which a key of any rate may send at once
     */
    public KeyRate(int perSecond, int largest) {
        this(perSecond, largest, System::nanoTime);
    }

    KeyRate(int perSecond, int largest, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.largest = largest;
        this.nanoTime = nanoTime;
    }

    /**
     * Counts the further events of a call that is counted already; the call that repeats it is counted too.
     *
     * @throws ProblemException 429 where the key has used up its rate
     */
    public void takeFurther(ApiKey caller, int events) {
        take(caller, Math.max(0, events - 1), 1);
    }

    /** @throws ProblemException 429 where the key has used up its rate */
    public void take(ApiKey caller, int events) {
        take(caller, events, 0);
    }

    private void take(ApiKey caller, int events, int againBefore) {
        int limit = caller.eventsPerSecond() == null ? perSecond : caller.eventsPerSecond();
        Limited limited = buckets.get(caller.id());
        if (limited == null || limited.perSecond != limit) {
            limited = new Limited(limit, new TokenBucket(limit, largest, nanoTime));
            buckets.put(caller.id(), limited);
        }
        Duration wait = limited.bucket.take(events);
        if (wait.isPositive()) {
            Duration again = wait.plus(Duration.ofSeconds(againBefore).dividedBy(limit));
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "rate_limited",
                    "this key may send " + limit + " events and other calls per second",
                    List.of(),
                    Duration.ofSeconds(again.plusNanos(999_999_999).toSeconds()));
        }
    }

    private record Limited(int perSecond, TokenBucket bucket) {}
}
