package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private final RetryPlan plan =
            new RetryPlan(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10)));

    @Test
    void allowsOneAttemptPerTierAfterTheFirst() {
        assertThat(plan.allowsAttemptAfter(1)).isTrue();
        assertThat(plan.allowsAttemptAfter(3)).isTrue();
        assertThat(plan.allowsAttemptAfter(4)).isFalse();
    }

    @Test
    void waitsTheTiersDelayOrTheProvidersLaterHint() {
        assertThat(plan.nextAttempt(1, NOW, null)).isEqualTo(NOW.plusSeconds(10));
        assertThat(plan.nextAttempt(1, NOW, NOW.plusSeconds(3))).isEqualTo(NOW.plusSeconds(10));
        assertThat(plan.nextAttempt(1, NOW, NOW.plusSeconds(3_600))).isEqualTo(NOW.plusSeconds(3_600));
    }

    @Test
    void choosesTheLongestTierThatDoesNotOvershoot() {
        assertThat(plan.tierFor(NOW, NOW.plusSeconds(10))).isEqualTo(1);
        assertThat(plan.tierFor(NOW, NOW.plusSeconds(60))).isEqualTo(2);
        assertThat(plan.tierFor(NOW, NOW.plusSeconds(90))).isEqualTo(2);
        assertThat(plan.tierFor(NOW, NOW.plus(Duration.ofDays(2)))).isEqualTo(3);
        assertThat(plan.tierFor(NOW, NOW)).isEqualTo(1);
    }

    @Test
    void holdsARecordAtMostTheTiersDelay() {
        assertThat(plan.lookAgain(2, NOW, NOW.plusSeconds(3_600))).isEqualTo(NOW.plusSeconds(60));
        assertThat(plan.lookAgain(2, NOW, NOW.plusSeconds(5))).isEqualTo(NOW.plusSeconds(5));
        assertThat(plan.lookAgain(2, NOW, null)).isEqualTo(NOW.plusSeconds(60));
    }
}
