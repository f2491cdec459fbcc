package dev.carillon.ingest.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final TokenBucket bucket = new TokenBucket(2_000, 1_000, now::get);

    @Test
    void letsASecondsWorthThroughAtOnceAndThenSaysHowLongToWait() {
        assertThat(bucket.take(1_000)).isZero();
        assertThat(bucket.take(1_000)).isZero();
        assertThat(bucket.take(2)).isEqualTo(Duration.ofMillis(1));
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(bucket.take(2)).isZero();
        assertThat(bucket.take(1)).isPositive();
    }

    @Test
    void savesNoMoreThanOneSecond() {
        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(bucket.take(2_000)).isZero();
        assertThat(bucket.take(1)).isPositive();
    }

    @Test
    void neverRefusesAFullRequestForEver() {
        assertThat(new TokenBucket(1, 1_000, now::get).take(1_000)).isZero();
    }
}
