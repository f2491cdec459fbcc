package dev.carillon.platform.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.StandingTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpacingTest {
    private static final Duration DISTANCE = Duration.ofMillis(10);

    private final StandingTime time = new StandingTime();
    private final Spacing spacing = new Spacing(DISTANCE, new Spacing.Time(time::nanos, time::sleep));

    @Test
    void theFirstBeginsAtOnceAndSoDoesWhatComesAfterASilence() throws Exception {
        spacing.await();
        time.pass(DISTANCE);
        spacing.await();
        time.pass(Duration.ofDays(1));
        spacing.await();

        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void whatComesSoonWaitsForTheRestOfTheDistanceFromTheLastBeginning() throws Exception {
        spacing.await();
        time.pass(Duration.ofMillis(3));
        spacing.await();
        spacing.await();

        assertThat(time.sleeps()).containsExactly(Duration.ofMillis(7), DISTANCE);
    }

    @Test
    void nothingWaitsWhereThereIsNoDistance() throws Exception {
        Spacing none = new Spacing(Duration.ZERO, new Spacing.Time(time::nanos, time::sleep));
        none.await();
        none.await();

        assertThat(time.sleeps()).isEmpty();
    }
}
