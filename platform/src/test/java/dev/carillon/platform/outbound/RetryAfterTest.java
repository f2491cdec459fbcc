package dev.carillon.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse(" 120 ", NOW)).isEqualTo(NOW.plusSeconds(120));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Fri, 20 Nov 2026 10:05:00 GMT", "Friday, 20-Nov-26 10:05:00 GMT", "Fri Nov 20 10:05:00 2026"})
    void readsAllThreeFormsOfADate(String date) {
        assertThat(RetryAfter.parse(date, NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void isNeverInThePastNorFurtherThanADay() {
        assertThat(RetryAfter.parse("Fri, 20 Nov 2020 10:05:00 GMT", NOW)).isEqualTo(NOW);
        assertThat(RetryAfter.parse("999999", NOW)).isEqualTo(NOW.plus(Duration.ofHours(24)));
        assertThat(RetryAfter.parse("99999999999999999999", NOW)).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Fri, 99 Nov 2026 10:05:00 GMT"})
    void ignoresWhatIsNeither(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isNull();
    }
}
