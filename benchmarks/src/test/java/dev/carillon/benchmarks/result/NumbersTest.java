package dev.carillon.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void keepsThreeSignificantDigits() {
        assertThat(Numbers.plain(744_479.4)).isEqualTo("744,479");
        assertThat(Numbers.plain(61.47)).isEqualTo("61.5");
        assertThat(Numbers.plain(7.386)).isEqualTo("7.39");
        assertThat(Numbers.plain(0.0123)).isEqualTo("0.0123");
        assertThat(Numbers.plain(2)).isEqualTo("2");
    }

    @Test
    void writesARateWithoutASpace() {
        assertThat(Numbers.withUnit(15_000, Unit.PER_SECOND)).isEqualTo("15,000/s");
        assertThat(Numbers.withUnit(5, Unit.SECONDS)).isEqualTo("5 s");
    }
}
