package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryWorkerTest extends ScriptedWorker {

    /** Shorter than the breaker's first pause, and long enough to fail everything without a breaker. */
    private static final Duration OUTAGE = Duration.ofMillis(800);

    @Test
    void attemptsADeliveryAndTellsTheLedger() throws Exception {
        send(delivery(ADA, "one", null));

        ChannelOutcome outcome = awaitOutcomes(1).getFirst();

        assertThat(outcome.state()).isEqualTo(OutcomeState.SENT);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(sender.attempts(ADA)).hasSize(1);
    }

    /** More bulk deliveries than fit are under way and none of them ends; a direct one, and its retry, pass. */
    @Test
    void aDirectDeliveryWaitsForNoBulkOne() throws Exception {
        startPatientWorker();
        CountDownLatch release = new CountDownLatch(1);
        List<RecipientId> crowd = IntStream.range(0, 2 * IN_FLIGHT)
                .mapToObj(i -> new RecipientId("crowd-" + i))
                .toList();
        crowd.forEach(one -> sender.script(one, () -> {
            release.await();
            return new DeliveryOutcome.Accepted(null);
        }));
        for (RecipientId one : crowd) {
            sendInBulk(delivery(one, "wide", null));
        }
        await().until(() -> sender.attempts(crowd.getFirst()).size() == 1);

        send(delivery(ADA, "reset", null));
        await().until(() -> sender.attempts(ADA).size() == 1);

        release.countDown();
        await().atMost(WAIT)
                .until(() -> crowd.stream().allMatch(one -> sender.attempts(one).size() == 1));
    }

    @Test
    void oneOfSeveralProvidersThatIsDownStopsNobodyElse() throws Exception {
        startPatientWorker();
        sender.withSeveralProviders();
        for (int i = 0; i < CircuitBreaker.THRESHOLD + 5; i++) {
            RecipientId down = new RecipientId("down" + i);
            sender.script(down, () -> new RetryLater(Reason.CONNECTION_FAILED, "refused"));
            send(delivery(down, "one", null));
        }
        awaitOutcomes(CircuitBreaker.THRESHOLD + 5);
        // Where everybody was stopped, one attempt would be let through to try it, and no other before that ends.
        CountDownLatch together = new CountDownLatch(2);
        sender.otherwise(() -> {
            together.countDown();
            together.await();
            return new DeliveryOutcome.Accepted("there");
        });
        records.sendAll(List.of(record(delivery(ADA, "one", null)), record(delivery(BOB, "one", null))), WAIT);

        assertThat(awaitOutcomes(CircuitBreaker.THRESHOLD + 7))
                .filteredOn(outcome -> outcome.state() == OutcomeState.SENT)
                .hasSize(2);
    }

    @Test
    void goesOnWithOthersWhileOneRecipientIsSlow() throws Exception {
        CountDownLatch othersAreDone = new CountDownLatch(1);
        sender.script(ADA, () -> {
            othersAreDone.await();
            return new DeliveryOutcome.Accepted(null);
        });
        int others = 300;
        List<OutgoingRecord> all = new ArrayList<>();
        all.add(record(delivery(ADA, "slow", null)));
        IntStream.range(0, others).forEach(i -> all.add(record(delivery(new RecipientId("r" + i), "n" + i, null))));
        records.sendAll(all, WAIT);

        awaitOutcomes(others);
        othersAreDone.countDown();
        assertThat(awaitOutcomes(others + 1)).hasSize(others + 1);
    }

    @Test
    void endsWhatItHasBegunWhenItStopsAndLeavesTheRestToTheNextStart() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        sender.script(ADA, () -> {
            never.await();
            return new DeliveryOutcome.Accepted(null);
        });
        records.sendAll(List.of(record(delivery(ADA, "begun", null)), record(delivery(ADA, "not begun", null))), WAIT);
        await().until(() -> sender.attempts(ADA).size() == 1);

        worker.stop();
        assertThat(awaitOutcomes(1)).extracting(ChannelOutcome::reason).containsExactly(Reason.TIMEOUT);
        assertThat(sender.attempts(ADA)).hasSize(1);

        worker.start();
        assertThat(awaitOutcomes(2)).extracting(ChannelOutcome::state).contains(OutcomeState.SENT);
        assertThat(sender.attempts(ADA))
                .extracting(delivery -> delivery.notification().content().title())
                .containsExactly("begun", "not begun");
    }

    @Test
    void burnsNoAttemptsWhileTheProviderIsDown() throws Exception {
        AtomicLong firstFailure = new AtomicLong();
        sender.otherwise(() -> {
            firstFailure.compareAndSet(0, System.nanoTime());
            return System.nanoTime() - firstFailure.get() < OUTAGE.toNanos()
                    ? new RetryLater(Reason.CONNECTION_FAILED, "refused")
                    : new DeliveryOutcome.Accepted(null);
        });
        int all = 400;
        List<OutgoingRecord> deliveries = IntStream.range(0, all)
                .mapToObj(i -> delivery(new RecipientId("r" + i), "n" + i, null))
                .map(delivery -> OutgoingRecord.of(topics.deliveries(Channel.PUSH), delivery.recipient(), delivery))
                .toList();
        records.sendAll(deliveries, WAIT);

        List<ChannelOutcome> outcomes = awaitOutcomes(all);

        assertThat(outcomes).hasSize(all);
        assertThat(outcomes.stream().filter(outcome -> outcome.state() == OutcomeState.RETRYING))
                .hasSizeLessThan(CircuitBreaker.THRESHOLD + IN_FLIGHT + 1);
        assertThat(outcomes).extracting(ChannelOutcome::state).contains(OutcomeState.SENT);
    }

    @Test
    void interruptsAnAttemptAtItsLimit() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        sender.script(ADA, () -> {
            try {
                never.await();
                return new DeliveryOutcome.Accepted(null);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        send(delivery(ADA, "one", null));

        assertThat(awaitOutcomes(1).getFirst().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(interrupted.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** The router waits for these, and for no others. */
    @Test
    void reportsHowADeliveryEndedThatAStepFollows() throws Exception {
        sender.script(
                ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"), () -> new Rejected(Reason.REJECTED, "400"));
        send(delivery(ADA, "fails", null).asFollowed());
        send(delivery(BOB, "arrives", null).asFollowed());
        send(delivery(BOB, "unheard", null));
        awaitOutcomes(3);
        clock.advance(FIRST_TIER);
        awaitOutcomes(4);
        await().until(() -> depth(topics.activity()) >= 2);

        assertThat(probe.readAll(topics.activity().name()))
                .map(record -> (Activity.Ended) Json.read(record.value(), Activity.class))
                .extracting(ended -> ended.recipient() + " " + ended.state() + " " + ended.reason())
                .containsExactlyInAnyOrder("ada DEAD REJECTED", "bob SENT NONE");
    }

    @Test
    void keepsTheOrderOfOneRecipient() throws Exception {
        sender.script(ADA, () -> {
            // Gives whatever could overtake it the time to do so.
            Thread.sleep(Duration.ofMillis(300));
            return new DeliveryOutcome.Accepted(null);
        });
        List<OutgoingRecord> deliveries = IntStream.range(0, 20)
                .mapToObj(i -> record(delivery(ADA, "n" + i, null)))
                .toList();
        records.sendAll(deliveries, WAIT);
        await().until(() -> sender.attempts(ADA).size() == 20);

        assertThat(sender.attempts(ADA))
                .extracting(delivery -> delivery.notification().content().title())
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "n" + i).toList());
    }
}
