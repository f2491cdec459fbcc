package dev.carillon.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.smtp.RelayBreaker.Sign;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayBreakerTest {
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final RelayBreaker breaker = new RelayBreaker(clock);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.observe(Sign.DOWN);
        }
    }

    @Test
    void onlyFailuresInARowOpenIt() {
        fail(RelayBreaker.THRESHOLD - 1);
        breaker.observe(Sign.ALIVE);
        fail(RelayBreaker.THRESHOLD - 1);
        breaker.observe(Sign.NONE);
        assertThat(breaker.admit()).isTrue();

        fail(1);

        assertThat(breaker.admit()).isFalse();
        assertThat(breaker.restsUntil()).isEqualTo(clock.instant().plusSeconds(1));
    }

    @Test
    void oneTriesAfterThePauseAndTheOthersWaitForWhatItMeets() {
        fail(RelayBreaker.THRESHOLD);
        clock.advance(Duration.ofSeconds(1));

        assertThat(breaker.admit()).isTrue();
        assertThat(breaker.admit()).isFalse();
        assertThat(breaker.restsUntil()).isEqualTo(clock.instant().plusSeconds(1));
        breaker.observe(Sign.NONE);
        assertThat(breaker.admit()).isTrue();
        breaker.observe(Sign.ALIVE);
        assertThat(breaker.admit()).isTrue();
        assertThat(breaker.admit()).isTrue();
    }

    @Test
    void thePauseDoublesToAMinuteAndBeginsAnewAfterASignOfLife() {
        fail(RelayBreaker.THRESHOLD);
        for (long pause : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(breaker.restsUntil()).isEqualTo(clock.instant().plusSeconds(pause));
            clock.advance(Duration.ofSeconds(pause));
            assertThat(breaker.admit()).isTrue();
            fail(1);
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(breaker.admit()).isTrue();
        breaker.observe(Sign.ALIVE);

        fail(RelayBreaker.THRESHOLD);

        assertThat(breaker.restsUntil()).isEqualTo(clock.instant().plusSeconds(1));
    }

    @Test
    void failuresOfBeforeDoNotLengthenThePause() {
        fail(RelayBreaker.THRESHOLD + 10);

        assertThat(breaker.restsUntil()).isEqualTo(clock.instant().plusSeconds(1));
    }
}
