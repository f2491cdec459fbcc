package dev.carillon.router.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rings in which the last deliveries are counted. */
class MemoryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void aDeliveryCountsInEveryRingThatCountsIt() {
        Memory memory = Memory.empty()
                .withEmission(Map.of("email", 3, "*", 3), NOW)
                .withEmission(Map.of("*", 3), NOW.plusSeconds(1));

        assertThat(memory.emitted("email", NOW.minusMillis(1))).isEqualTo(1);
        assertThat(memory.emitted("*", NOW.minusMillis(1))).isEqualTo(2);
        assertThat(memory.emitted("push", NOW.minusMillis(1))).isZero();
    }

    @Test
    void whatWentOutAtTheVeryMomentIsNoLongerCounted() {
        Memory memory = Memory.empty().withEmission(Map.of("email", 3), NOW);

        assertThat(memory.emitted("email", NOW)).isZero();
        assertThat(memory.emitted("email", NOW.minusMillis(1))).isEqualTo(1);
    }

    @Test
    void aRingHoldsTheLatestAndNoMoreThanTheLargestOfItsCapsAsksFor() {
        Memory memory = Memory.empty();
        for (int second = 0; second < 5; second++) {
            memory = memory.withEmission(Map.of("email", 3), NOW.plusSeconds(second));
        }
        assertThat(memory.emitted().get("email")).containsExactly(millis(2), millis(3), millis(4));

        memory = memory.withEmission(Map.of("email", 2), NOW.plusSeconds(5));
        assertThat(memory.emitted().get("email")).containsExactly(millis(4), millis(5));
    }

    @Test
    void nothingIsRememberedForLongerThanAWeek() {
        Memory old = Memory.empty().withEmission(Map.of("email", 3, "push", 3), NOW);

        Memory young =
                old.withEmission(Map.of("*", 3), NOW.plus(Duration.ofDays(7)).minusMillis(1));
        assertThat(young.emitted()).containsOnlyKeys("email", "push", "*");
        Memory late = old.withEmission(Map.of("email", 3), NOW.plus(Duration.ofDays(7)));
        assertThat(late.emitted()).containsOnlyKeys("email");
        assertThat(late.emitted().get("email")).hasSize(1);
    }

    @Test
    void isTheSameWhenItIsReadAgain() {
        Memory memory = Memory.empty().withEmission(Map.of("email ci", 3), NOW);

        assertThat(Json.read(Json.write(memory), Memory.class)).isEqualTo(memory);
        assertThat(Json.read("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), Memory.class))
                .isEqualTo(Memory.empty());
    }

    private static long millis(int second) {
        return NOW.plusSeconds(second).toEpochMilli();
    }
}
