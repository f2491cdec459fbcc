package dev.carillon.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.deadletter.OpenLetters;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FlowSamplesTest {
    private static final OpenLetters.Counts NONE = new OpenLetters.Counts(Map.of(), Map.of());
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final FlowSamples samples = new FlowSamples(clock);
    private final Stage stage = Stage.all(
                    new Topics(new TopicSettings("t.", 2, (short) 1, List.of(Duration.ofMinutes(1)))))
            .getFirst();

    @Test
    void ratesAreTheMeanOfTheLastTwoRounds() {
        assertThat(samples.ask(NONE)).isNull();
        measure(1_000, 900);
        Flow first = ask();
        assertThat(first.overSeconds()).isNull();
        assertThat(only(first).arrivingPerSecond()).isNull();
        assertThat(only(first).waiting()).isEqualTo(100);

        clock.advance(ROUND);
        measure(1_050, 910);
        assertThat(only(ask()).arrivingPerSecond()).isEqualTo(10);
        clock.advance(ROUND);
        measure(1_150, 910);
        clock.advance(ROUND);
        measure(1_250, 911);
        clock.advance(Duration.ofMillis(2_500));

        Flow flow = ask();
        assertThat(flow.overSeconds()).isEqualTo(10);
        assertThat(flow.ageSeconds()).isEqualTo(2.5);
        assertThat(only(flow).arrivingPerSecond()).isEqualTo(20);
        assertThat(only(flow).donePerSecond()).isEqualTo(0.1);
        assertThat(only(flow).waiting()).isEqualTo(339);
    }

    @Test
    void whatIsTriedAgainFailedAtARate() {
        Stage mail = Stage.all(new Topics(TopicSettings.defaults())).stream()
                .filter(one -> one.code().equals("email"))
                .findFirst()
                .orElseThrow();
        samples.add(List.of(new StageCount(mail, StageCount.Read.NOTHING, 3, 40)));
        assertThat(only(ask()).failingPerSecond()).isNull();
        clock.advance(ROUND);
        samples.add(List.of(new StageCount(mail, StageCount.Read.NOTHING, 3, 60)));
        assertThat(only(ask()).failingPerSecond()).isEqualTo(4);
        assertThat(only(ask()).retrying()).isEqualTo(3);

        clock.advance(ROUND);
        measure(0, 0);
        clock.advance(ROUND);
        measure(0, 0);
        clock.advance(ROUND);
        measure(0, 0);
        assertThat(only(ask()).failingPerSecond()).as("nothing is tried again").isNull();
    }

    @Test
    void nothingFlowsBackwards() {
        measure(1_000, 1_000);
        clock.advance(ROUND);
        measure(0, 0);
        assertThat(only(ask()).arrivingPerSecond()).isZero();
        clock.set(clock.instant().minusSeconds(60));
        measure(10, 10);
        assertThat(ask().overSeconds()).isNull();
        assertThat(only(ask()).arrivingPerSecond()).isNull();
    }

    @Test
    void theBrokerIsAskedMoreOftenOnlyWhileSomebodyLooksOn() {
        assertThat(samples.due()).isTrue();
        measure(0, 0);
        clock.advance(ROUND);
        assertThat(samples.due()).isFalse();
        ask();
        assertThat(samples.due()).isTrue();
        clock.advance(ROUND);
        measure(0, 0);
        assertThat(samples.due()).isTrue();
        clock.advance(Duration.ofSeconds(13));
        measure(0, 0);
        clock.advance(Duration.ofSeconds(13));
        assertThat(samples.due()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(samples.due()).isTrue();
    }

    private void measure(long end, long next) {
        samples.add(List.of(new StageCount(stage, new StageCount.Read(end, next, end - next, true), 0, 0)));
    }

    private Flow ask() {
        return Objects.requireNonNull(samples.ask(NONE));
    }

    private static Flow.At only(Flow flow) {
        assertThat(flow.stages()).hasSize(1);
        return flow.stages().getFirst();
    }
}
