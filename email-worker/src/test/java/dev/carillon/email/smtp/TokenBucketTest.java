package dev.carillon.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private static TokenBucket bucket(String rate) {
        return new TokenBucket(Rate.parse("test", rate));
    }

    /** All come at once; each comes back when it was told to, until it has its token. */
    @ParameterizedTest
    @CsvSource({"10/second, 1000", "30/minute, 200", "600/hour, 50"})
    void everyoneComesThroughAtTheRateAndSeldomInVain(String text, int count) {
        Rate rate = Rate.parse("test", text);
        TokenBucket bucket = new TokenBucket(rate);
        PriorityQueue<Instant> coming = new PriorityQueue<>();
        int asked = 0;
        for (int i = 0; i < count; i++) {
            Instant back = bucket.take(START, false);
            asked++;
            if (back != null) {
                coming.add(back);
            }
        }
        int served = count - coming.size();
        assertThat(served).isEqualTo(rate.burst());
        Instant last = START;
        while (!coming.isEmpty()) {
            last = coming.poll();
            Instant back = bucket.take(last, true);
            asked++;
            if (back == null) {
                served++;
                double due = rate.burst() + Duration.between(START, last).dividedBy(rate.interval());
                assertThat((double) served).isLessThanOrEqualTo(due);
            } else {
                assertThat(back).isAfter(last);
                coming.add(back);
            }
        }
        Duration ideal = rate.interval().multipliedBy(count - rate.burst());
        assertThat(Duration.between(START, last))
                .isBetween(ideal, ideal.plusSeconds(2).multipliedBy(11).dividedBy(10));
        assertThat(asked).isLessThan(count * 4);
    }

    @Test
    void whoeverWaitedGoesBeforeWhoeverIsNew() {
        TokenBucket bucket = bucket("1/second");
        assertThat(bucket.take(START, false)).isNull();
        Instant second = bucket.take(START, false);
        Instant third = bucket.take(START, false);
        assertThat(second).isEqualTo(START.plusSeconds(1));
        assertThat(third).isEqualTo(START.plusSeconds(2));

        assertThat(bucket.take(START.plusSeconds(1), false)).isEqualTo(START.plusSeconds(3));
        assertThat(bucket.take(START.plusSeconds(1), true)).isNull();
    }

    @Test
    void aTokenThatCameBackIsAnothersAndAClockThatWentBackLocksNobodyOut() {
        TokenBucket bucket = bucket("1/minute");
        assertThat(bucket.take(START, false)).isNull();
        bucket.giveBack();
        assertThat(bucket.take(START, false)).isNull();

        Instant earlier = START.minus(Duration.ofHours(1));
        assertThat(bucket.take(earlier, false)).isEqualTo(earlier.plus(Duration.ofMinutes(1)));
    }
}
