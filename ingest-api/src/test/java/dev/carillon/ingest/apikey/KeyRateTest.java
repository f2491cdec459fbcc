package dev.carillon.ingest.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.platform.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRateTest {
    private static final int LARGEST = 5;

    private final AtomicLong now = new AtomicLong();
    private final KeyRate rate = new KeyRate(200_000, LARGEST, now::get);
    private final ApiKey slow = key(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, LARGEST})
    void whoComesBackWhenToldToIsLetThrough(int events) {
        assertThat(call(LARGEST)).isNull();
        now.addAndGet(Duration.ofMillis(1_300).toNanos());

        Duration wait = call(events);
        if (wait == null) {
            wait = call(events);
        }

        assertThat(wait).isNotNull().isEqualTo(Duration.ofSeconds(wait.toSeconds()));
        now.addAndGet(wait.toNanos());
        assertThat(call(events)).isNull();
    }

    /** How long to wait before the same call again; null where it is let through. As the filter and then the servlet count it. */
    private @Nullable Duration call(int events) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> {
            rate.take(slow, 1);
            rate.takeFurther(slow, events);
        });
        return refused == null ? null : refused.retryAfter();
    }

    private static ApiKey key(int eventsPerSecond) {
        return new ApiKey(new UUID(1, 1), "slow", Set.of(), Set.of(), eventsPerSecond, Instant.EPOCH);
    }
}
