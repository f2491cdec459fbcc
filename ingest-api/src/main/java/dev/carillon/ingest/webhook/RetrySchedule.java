package dev.carillon.ingest.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When a message is tried again: over about a day, each wait shortened by up to a tenth that its id decides. */
final class RetrySchedule {
    /** The waits after the first attempt, the second, and so on. */
    static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(8),
            Duration.ofHours(8));

    private static final int TENTHS = 10;

    private RetrySchedule() {}

    /**
     * The time of the next attempt.
     *
     * @param made attempts so far, at least 1
     * @param asked what the endpoint asked for; null where it did not
     * @return null where none follows
     */
    static @Nullable Instant next(UUID id, int made, Instant now, @Nullable Instant asked) {
        if (made > WAITS.size()) {
            return null;
        }
        Duration wait = WAITS.get(made - 1);
        long most = wait.toMillis() / TENTHS;
        Instant next = now.plus(wait).minusMillis(Math.floorMod(id.getLeastSignificantBits(), most));
        return asked != null && asked.isAfter(next) ? asked : next;
    }
}
