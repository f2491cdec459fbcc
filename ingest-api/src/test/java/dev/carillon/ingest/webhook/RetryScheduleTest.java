package dev.carillon.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void goesOverAboutADayAndEnds() {
        UUID id = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");
        Instant at = NOW;
        for (int made = 1; made <= RetrySchedule.WAITS.size(); made++) {
            Instant next = RetrySchedule.next(id, made, at, null);
            assertThat(next).isNotNull().isAfter(at);
            at = next == null ? at : next;
        }

        assertThat(Duration.between(NOW, at)).isBetween(Duration.ofHours(20), Duration.ofHours(24));
        assertThat(RetrySchedule.next(id, RetrySchedule.WAITS.size() + 1, at, null))
                .isNull();
    }

    @Test
    void waitsForWhatTheEndpointAskedForAndNeverLess() {
        UUID id = new UUID(0, 1);

        assertThat(RetrySchedule.next(id, 1, NOW, NOW.plusSeconds(600))).isEqualTo(NOW.plusSeconds(600));
        assertThat(RetrySchedule.next(id, 4, NOW, NOW.plusSeconds(1))).isAfter(NOW.plusSeconds(1_600));
    }

    @Test
    void spreadsWhatFailedTogether() {
        assertThat(RetrySchedule.next(new UUID(0, 1), 3, NOW, null))
                .isNotEqualTo(RetrySchedule.next(new UUID(0, 20_000), 3, NOW, null));
    }
}
