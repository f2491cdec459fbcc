package dev.carillon.router.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.RandomSeed;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EarliestTest {
    private static final long BEGIN = 1_763_632_800_000L;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Earliest earliest = new Earliest();
    private final NavigableSet<Long> times = new TreeSet<>();

    @Test
    void itIsRightToASecondWhereTimesLieCloseTogether() {
        add(BEGIN + 5 * MINUTE);
        add(BEGIN);
        add(BEGIN + 1);
        assertThat(earliest.millis()).isEqualTo(BEGIN);
        remove(BEGIN);
        assertThat(earliest.millis()).isEqualTo(BEGIN);
        remove(BEGIN + 1);
        assertThat(earliest.millis()).isEqualTo(BEGIN + 5 * MINUTE);
        remove(BEGIN + 5 * MINUTE);
        assertThat(earliest.millis()).isEqualTo(Earliest.NONE);
    }

    /** Whatever comes and goes in between. */
    @Test
    void itIsRightToA256thOfTheSpanWhereTimesAreMany() {
        RandomGenerator random = RandomSeed.of("earliest").generator();
        for (int i = 0; i < 20_000; i++) {
            add(BEGIN + random.nextLong(Duration.ofDays(31).toMillis()));
            if (times.size() > 1 && random.nextInt(3) == 0) {
                remove(times.first());
            }
            long error = times.first() - earliest.millis();
            long coarsest = Math.max(1_000, Duration.ofDays(31).toMillis() / 256);
            assertThat(error).isBetween(0L, coarsest);
        }
        while (!times.isEmpty()) {
            remove(times.first());
        }
        assertThat(earliest.millis()).isEqualTo(Earliest.NONE);
        add(BEGIN + 1_500);
        assertThat(earliest.millis()).isEqualTo(BEGIN + 1_000);
    }

    private void add(long millis) {
        if (times.add(millis)) {
            earliest.add(millis);
        }
    }

    private void remove(long millis) {
        times.remove(millis);
        earliest.remove(millis);
    }
}
