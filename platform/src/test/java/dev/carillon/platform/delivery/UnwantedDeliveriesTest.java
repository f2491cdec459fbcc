package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ErasedId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is attempted no more, or not whole: cancelled, of somebody erased, expired, or not wanted by its sender. */
class UnwantedDeliveriesTest extends ScriptedWorker {

    /** Also what waits for its next attempt; and only for whom it is cancelled. */
    @Test
    void attemptsNothingThatIsCancelled() throws Exception {
        Delivery mine = delivery(ADA, "one", null);
        sender.script(ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"));
        send(mine);
        awaitOutcomes(1);

        control(new Control.Cancel(mine.notification().event(), List.of(ADA), clock.instant()));
        await().until(() -> worker.cancellations().covers(mine.notification().event(), ADA));
        clock.advance(FIRST_TIER);
        List<ChannelOutcome> outcomes = awaitOutcomes(2);

        assertThat(outcomes.getLast().state()).isEqualTo(OutcomeState.CANCELLED);
        assertThat(outcomes.getLast().attempt()).isEqualTo(1);
        assertThat(sender.attempts(ADA)).hasSize(1);
        send(delivery(BOB, "one", null));
        await().until(() -> sender.attempts(BOB).size() == 1);
    }

    /** The rest goes out, as what it was; the ledger hears of each. */
    @Test
    void takesOutOfAMergedDeliveryWhatIsCancelledWhileItWaits() throws Exception {
        Delivery merged = merged(delivery(ADA, "two new", null), List.of("one", "two"));
        Notification first = merged.items().getFirst();
        sender.script(ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"));
        send(merged);
        awaitOutcomes(1);

        control(new Control.Cancel(first.event(), List.of(ADA), clock.instant()));
        await().until(() -> worker.cancellations().covers(first.event(), ADA));
        clock.advance(FIRST_TIER);
        List<NotificationOutcome> told = awaitTold(3);

        Delivery attempted = sender.attempts(ADA).getLast();
        assertThat(attempted.items()).extracting(item -> item.content().title()).containsExactly("two");
        assertThat(attempted.digest()).isEqualTo(merged.digest());
        assertThat(attempted.followed()).isTrue();
        assertThat(told)
                .extracting(one -> one.notification() + " "
                        + one.channels().getFirst().state().name())
                .containsExactlyInAnyOrder(
                        merged.notification().id() + " RETRYING",
                        merged.notification().id() + " SENT",
                        first.id() + " CANCELLED");
    }

    /** The rest goes out without an attempt counted; the ledger and the router hear of each that does not. */
    @Test
    void leavesOutOfAMergedDeliveryWhatItsSenderSaysIsNotWanted() throws Exception {
        Delivery merged = merged(delivery(ADA, "two new", null), List.of("one", "two"));
        Notification first = merged.items().getFirst();
        sender.script(
                ADA,
                () -> new DeliveryOutcome.Fewer(
                        merged.withItems(List.of(merged.items().getLast())), Reason.UNSUBSCRIBED));
        send(merged);
        assertThat(awaitTold(1).getFirst().notification()).isEqualTo(first.id());
        clock.advance(FIRST_TIER);
        List<NotificationOutcome> told = awaitTold(2);

        Delivery attempted = sender.attempts(ADA).getLast();
        assertThat(attempted.items()).extracting(item -> item.content().title()).containsExactly("two");
        assertThat(attempted.attempts().made()).isZero();
        assertThat(told)
                .extracting(one ->
                        one.notification() + " " + one.channels().getFirst().state() + " "
                                + one.channels().getFirst().reason())
                .containsExactly(
                        first.id() + " SKIPPED UNSUBSCRIBED",
                        merged.notification().id() + " SENT NONE");
        assertThat(probe.readAll(topics.activity().name()))
                .map(record -> (Activity.Ended) Json.read(record.value(), Activity.class))
                .extracting(ended -> ended.notifications() + " " + ended.state())
                .containsExactly(
                        List.of(first.id()) + " SKIPPED",
                        List.of(merged.items().getLast().id()) + " SENT");
    }

    /** Also what waits for its next attempt; whoever has the id later is told. */
    @Test
    void attemptsNothingForSomebodyWhoWasErasedSince() throws Exception {
        sender.script(ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"));
        Delivery before = delivery(ADA, "one", null);
        send(before);
        awaitOutcomes(1);

        control(new Control.Erased(ErasedId.of(ADA), clock.instant()));
        await().until(() ->
                worker.cancellations().isErased(ADA, before.notification().createdAt()));
        clock.advance(FIRST_TIER);
        assertThat(awaitOutcomes(2).getLast().state()).isEqualTo(OutcomeState.CANCELLED);
        send(delivery(ADA, "two", null));

        await().until(() -> sender.attempts(ADA).size() == 2);
        assertThat(awaitOutcomes(3).getLast().state()).isEqualTo(OutcomeState.SENT);
    }

    @Test
    void knowsWhatWasCancelledBeforeItStarted() throws Exception {
        worker.stop();
        Delivery mine = delivery(ADA, "one", null);
        control(new Control.Cancel(mine.notification().event(), List.of(), clock.instant()));
        send(mine);

        worker.start();

        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.CANCELLED);
        assertThat(sender.attempts(ADA)).isEmpty();
    }

    @Test
    void doesNotAttemptWhatHasExpired() throws Exception {
        send(delivery(ADA, "one", clock.instant()));

        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.EXPIRED);
        assertThat(sender.attempts(ADA)).isEmpty();
    }

    private void control(Control control) throws InterruptedException {
        OutgoingRecord record = new OutgoingRecord(topics.controls(), 0, null, Json.write(control), List.of());
        records.sendAll(List.of(record), WAIT);
    }

    private Delivery merged(Delivery head, List<String> titles) {
        return new Delivery(
                head.id(),
                head.channel(),
                head.lane(),
                head.rev(),
                head.address(),
                head.notification(),
                titles.stream()
                        .map(title -> delivery(head.recipient(), title, null).notification())
                        .toList(),
                0,
                head.attempts(),
                null,
                DigestKind.BATCH,
                true);
    }
}
