package dev.carillon.email.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.repeat.Spacing;
import dev.carillon.testsupport.StandingTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupedCallsTest {
    private static final Duration SOON = Duration.ofMillis(50);
    /** The pause of a thread that nobody asks anything; whoever waited for one would show here. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** So that a mail's row is written when its relay has answered: its own statement is all that it waits for. */
    @Test
    void aLoneCallIsMadeAtOnce() throws Exception {
        List<Duration> took = new ArrayList<>();
        try (GroupedCalls<Long, Long> calls = new GroupedCalls<>(
                "test",
                new Spacing(Duration.ZERO),
                asked -> Collections.nCopies(asked.size(), System.nanoTime()),
                (a, b) -> false,
                (q, a) -> {})) {
            for (int i = 0; i < 101; i++) {
                long asked = System.nanoTime();
                took.add(Duration.ofNanos(calls.ask(asked).get() - asked));
            }
        }
        Collections.sort(took);

        assertThat(took.getFirst()).isLessThan(SOON);
        assertThat(took.get(took.size() / 2)).isLessThan(PAUSE.dividedBy(2));
    }

    @Test
    void whatIsAskedSoonAfterACallGoesTogetherAndWaitsForTheRestOfTheSpacing() throws Exception {
        StandingTime time = new StandingTime();
        List<Integer> groups = new CopyOnWriteArrayList<>();
        try (GroupedCalls<Integer, Integer> calls = new GroupedCalls<>(
                "test",
                new Spacing(SOON, new Spacing.Time(time::nanos, time::sleep)),
                asked -> {
                    groups.add(asked.size());
                    return asked;
                },
                (a, b) -> false,
                (q, a) -> {})) {
            assertThat(calls.ask(1).get()).isEqualTo(1);
            assertThat(time.sleeps()).isEmpty();

            time.meanwhile(() -> IntStream.range(3, 6).forEach(later -> {
                var _ = calls.ask(later);
            }));
            assertThat(calls.ask(2).get()).isEqualTo(2);
        }

        assertThat(time.sleeps()).containsExactly(SOON);
        assertThat(groups).containsExactly(1, 4);
    }
}
