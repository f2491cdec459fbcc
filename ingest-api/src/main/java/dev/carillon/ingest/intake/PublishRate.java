package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.platform.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;

/** How fast each key may publish. Counted by each replica for itself. */
final class PublishRate {
    private final int eventsPerSecond;
    private final Map<UUID, Limited> buckets = new ConcurrentHashMap<>();

    PublishRate(int eventsPerSecond) {
        this.eventsPerSecond = eventsPerSecond;
    }

    /** @throws ProblemException 429 where the key has used up its rate */
    void take(ApiKey caller, int events) {
        int limit = caller.eventsPerSecond() == null ? eventsPerSecond : caller.eventsPerSecond();
        Limited limited = buckets.get(caller.id());
        if (limited == null || limited.eventsPerSecond != limit) {
            limited = new Limited(limit, new TokenBucket(limit, System::nanoTime));
            buckets.put(caller.id(), limited);
        }
        Duration wait = limited.bucket.take(events);
        if (wait.isPositive()) {
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "rate_limited",
                    "this key may publish " + limit + " events per second",
                    List.of(),
                    wait.plusSeconds(1));
        }
    }

    private record Limited(int eventsPerSecond, TokenBucket bucket) {}
}
