package dev.carillon.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    @Test
    void standsStillUntilMovedAndMovesItsCopiesToo() {
        ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
        Clock copy = clock.withZone(ZoneId.of("Europe/Berlin"));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
        clock.advance(Duration.ofMinutes(5));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-20T10:05:00Z"));
        assertThat(copy.instant()).isEqualTo(clock.instant());
        clock.set(Instant.EPOCH);
        assertThat(copy.millis()).isZero();
    }
}
