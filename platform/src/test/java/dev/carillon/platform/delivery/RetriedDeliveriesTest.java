package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a delivery that did not go is attempted again. */
class RetriedDeliveriesTest extends ScriptedWorker {

    @Test
    void triesAgainWhenTheTierIsDueWhileOthersGoOn() throws Exception {
        sender.script(ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"));
        send(delivery(ADA, "one", null));
        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.RETRYING);

        send(delivery(BOB, "two", null));
        await().until(() -> sender.attempts(BOB).size() == 1);
        assertThat(sender.attempts(ADA)).hasSize(1);

        clock.advance(FIRST_TIER);
        await().until(() -> sender.attempts(ADA).size() == 2);
        assertThat(sender.attempts(ADA).getLast().attempts().made()).isEqualTo(1);
        assertThat(awaitOutcomes(3).stream().map(ChannelOutcome::state))
                .containsExactlyInAnyOrder(OutcomeState.RETRYING, OutcomeState.SENT, OutcomeState.SENT);
    }

    @Test
    void aBulkDeliveryIsTriedAgainInItsLane() throws Exception {
        sender.script(ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"));
        sendInBulk(delivery(ADA, "one", null));

        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.RETRYING);
        await().until(() -> depth(topics.retries(Channel.PUSH, Lane.BULK, 1)) == 1);
        assertThat(depth(topics.retries(Channel.PUSH, Lane.DIRECT, 1))).isZero();
        clock.advance(FIRST_TIER);
        await().until(() -> sender.attempts(ADA).size() == 2);
    }

    @Test
    void waitsForTheProvidersHintThoughItGoesRoundAgain() throws Exception {
        Instant hint = clock.instant().plus(Duration.ofMinutes(3));
        sender.script(ADA, () -> new RetryLater(Reason.RATE_LIMITED, "429", hint, List.of("device-1")));
        send(delivery(ADA, "one", null));
        awaitOutcomes(1);

        clock.advance(FIRST_TIER.plusSeconds(1));
        await().until(() -> depth(topics.retries(Channel.PUSH, 1)) == 2);
        assertThat(sender.attempts(ADA)).hasSize(1);

        clock.advance(Duration.ofMinutes(2));
        await().until(() -> sender.attempts(ADA).size() == 2);
        assertThat(sender.attempts(ADA).getLast().attempts().done()).containsExactly("device-1");
    }

    @Test
    void whatIsPostponedComesBackWhenItWasToldToAndNoAttemptIsCounted() throws Exception {
        Instant later = clock.instant().plus(Duration.ofMinutes(20));
        sender.script(
                ADA,
                () -> new DeliveryOutcome.Postponed("no room", later),
                () -> new DeliveryOutcome.Accepted("there"));
        send(delivery(ADA, "one", null));
        probe.readUntil(topics.retries(Channel.PUSH, 1).name(), WAIT, records -> !records.isEmpty());

        for (int minutes = 0; minutes < 19; minutes++) {
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(sender.attempts(ADA)).hasSize(1);
        clock.advance(Duration.ofMinutes(1));

        ChannelOutcome outcome = awaitOutcomes(1).getFirst();
        assertThat(outcome.state()).isEqualTo(OutcomeState.SENT);
        assertThat(outcome.attempt()).isEqualTo(1);
    }

    @Test
    void waitsInTheTierOfItsDelayAndRemembersWhatIsDone() throws Exception {
        sender.script(
                ADA,
                () -> new RetryLater(Reason.PROVIDER_ERROR, "503", null, List.of("device-1")),
                () -> new RetryLater(Reason.INTERNAL_ERROR, "the database was away"));
        send(delivery(ADA, "one", null));
        awaitOutcomes(1);
        clock.advance(FIRST_TIER);
        awaitOutcomes(2);
        clock.advance(SECOND_TIER);
        await().until(() -> sender.attempts(ADA).size() == 3);

        assertThat(depth(topics.retries(Channel.PUSH, 1))).isEqualTo(1);
        assertThat(depth(topics.retries(Channel.PUSH, 2))).isEqualTo(1);
        assertThat(sender.attempts(ADA).getLast().attempts().done()).containsExactly("device-1");
    }
}
