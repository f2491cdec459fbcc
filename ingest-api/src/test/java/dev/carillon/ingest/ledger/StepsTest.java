package dev.carillon.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.outcome.OutcomeState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void aWorkerThatIsFasterThanTheRoutersTransactionIsNotOvertaken() {
        assertThat(states(OutcomeState.SENT, OutcomeState.READ, OutcomeState.ROUTED))
                .containsExactly(OutcomeState.ROUTED, OutcomeState.SENT, OutcomeState.READ);
    }

    @Test
    void whatWasHeldGoesOn() {
        assertThat(states(OutcomeState.HELD, OutcomeState.ROUTED, OutcomeState.SENT))
                .containsExactly(OutcomeState.HELD, OutcomeState.ROUTED, OutcomeState.SENT);
    }

    @Test
    void aRepeatedStepIsThereOnce() {
        Step step = Step.of(OutcomeState.SENT, AT, null);
        assertThat(Steps.with(Steps.with(List.of(), step), step)).containsExactly(step);
    }

    @Test
    void keepsTheFirstAndTheLatest() {
        List<Step> steps = List.of(Step.of(OutcomeState.ROUTED, AT, null));
        for (int i = 1; i <= 100; i++) {
            steps = Steps.with(steps, Step.of(OutcomeState.RETRYING, AT.plusSeconds(i), null));
        }
        assertThat(steps).hasSize(Steps.MOST);
        assertThat(steps.getFirst().state()).isEqualTo(OutcomeState.ROUTED);
        assertThat(steps.getLast().at()).isEqualTo(AT.plusSeconds(100));
    }

    private static List<OutcomeState> states(OutcomeState... come) {
        List<Step> steps = List.of();
        for (int i = 0; i < come.length; i++) {
            steps = Steps.with(steps, Step.of(come[i], AT.plusMillis(i), null));
        }
        return steps.stream().map(Step::state).toList();
    }
}
