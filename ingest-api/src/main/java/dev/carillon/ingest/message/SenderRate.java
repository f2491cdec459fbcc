package dev.carillon.ingest.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpStatus;

/**
 * How fast each user may send: a minute's worth at once, then one after the other. Of each sender one instant is kept, at
 * which all that she has sent is earned (the generic cell rate algorithm). Safe for all threads.
 */
final class SenderRate {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_SENDERS = 100_000;

    private final int perMinute;
    private final Clock clock;
    private final Cache<RecipientId, Instant> earned =
            Caffeine.newBuilder().maximumSize(MOST_SENDERS).build();

    SenderRate(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** @throws ProblemException 429 where the sender has used up her rate */
    void take(RecipientId sender) {
        Instant now = clock.instant();
        AtomicReference<Duration> wait = new AtomicReference<>(Duration.ZERO);
        earned.asMap().compute(sender, (id, before) -> {
            Instant from = before == null || before.isBefore(now) ? now : before;
            Instant after = from.plus(MINUTE.dividedBy(perMinute));
            Duration excess = Duration.between(now.plus(MINUTE), after);
            wait.set(excess);
            return excess.isPositive() ? from : after;
        });
        if (wait.get().isPositive()) {
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "rate_limited",
                    "a user may send " + perMinute + " messages per minute",
                    List.of(),
                    wait.get().plusSeconds(1));
        }
    }
}
