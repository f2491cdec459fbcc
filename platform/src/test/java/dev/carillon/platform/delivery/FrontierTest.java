package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static final int SIZE = 100;

    private final Frontier frontier = new Frontier();

    @Test
    void commitsWhatLiesBeforeTheFirstRecordThatHasNotEnded() {
        Frontier.Entry first = begin(10);
        Frontier.Entry second = begin(11);
        Frontier.Entry third = begin(15);

        frontier.end(third);
        frontier.end(second);
        assertThat(frontier.committable()).isEmpty();

        frontier.end(first);
        assertThat(frontier.committable()).isEqualTo(OptionalLong.of(16));
        assertThat(frontier.committable()).isEmpty();
        assertThat(frontier.open()).isZero();
    }

    @Test
    void saysHowMuchHasNotEndedWhateverItsOrder() {
        Frontier.Entry first = begin(10);
        Frontier.Entry second = begin(11);
        assertThat(frontier.octets()).isEqualTo(2 * SIZE);

        frontier.end(second);
        assertThat(frontier.octets()).isEqualTo(SIZE);
        frontier.end(first);
        assertThat(frontier.octets()).isZero();
    }

    @Test
    void asksAgainAfterAFailedCommit() {
        frontier.end(begin(3));
        assertThat(frontier.committable()).isEqualTo(OptionalLong.of(4));

        frontier.uncommitted();

        assertThat(frontier.committable()).isEqualTo(OptionalLong.of(4));
    }

    @Test
    void letsNothingBeginOnceItIsClosedAndWaitsForWhatHasBegun() throws InterruptedException {
        Frontier.Entry begun = begin(1);
        frontier.add(2, SIZE);
        frontier.close();
        assertThat(frontier.start()).isFalse();

        Thread worker = Thread.ofVirtual().start(() -> frontier.end(begun));
        frontier.awaitStarted(Duration.ofSeconds(10));

        assertThat(frontier.committable()).isEqualTo(OptionalLong.of(2));
        worker.join();
    }

    private Frontier.Entry begin(long offset) {
        Frontier.Entry entry = frontier.add(offset, SIZE);
        assertThat(frontier.start()).isTrue();
        return entry;
    }
}
