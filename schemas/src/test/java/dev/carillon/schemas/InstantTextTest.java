package dev.carillon.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.testsupport.RandomSeed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
    private static final int ROUNDS = 100_000;
    private static final long WIDEST_SECOND = 400_000_000_000L;
    private static final int[] GRAINS = {1, 1_000, 1_000_000, 1_000_000_000};

    @Test
    void writesAndReadsEveryInstantAsTheJdkDoes() {
        RandomGenerator random = RandomSeed.of("InstantTextTest").generator();
        for (int i = 0; i < ROUNDS; i++) {
            int grain = GRAINS[random.nextInt(GRAINS.length)];
            long nanos = random.nextInt(1_000_000_000) / grain * (long) grain;
            Instant instant = Instant.ofEpochSecond(random.nextLong(-WIDEST_SECOND, WIDEST_SECOND), nanos);
            assertThat(InstantText.write(instant)).isEqualTo(instant.toString());
            assertThat(InstantText.read(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T10:00:00.5Z",
                "2026-11-20T10:00:00.Z",
                "2026-11-20T10:00:00.12Z",
                "2026-11-20T11:00:00+01:00",
                "2024-02-29T23:59:59.999999999Z",
                "2016-12-31T23:59:60Z",
                "2026-11-20T24:00:00Z",
                "-0001-11-20T10:00:00Z"
            })
    void readsWhatOthersWriteAsTheJdkDoes(String text) {
        assertThat(InstantText.read(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-20",
                "2026-11-20T10:00Z",
                "2026-02-30T10:00:00Z",
                "2026-11-20T25:00:00Z",
                "2026-11-20T10:00:00",
                "2026-11-20T10:00:0xZ",
                "2026-11-20 10:00:00Z",
                "2026-11-20T10:00:00.1234567890Z"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> InstantText.read(text)).isInstanceOf(DateTimeException.class);
    }
}
