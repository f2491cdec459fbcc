package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.kafka.TopicProvisioner;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class DeliveryWorkerTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final RecipientId BOB = new RecipientId("bob");
    private static final Duration FIRST_TIER = Duration.ofMinutes(1);
    private static final Duration SECOND_TIER = Duration.ofHours(1);
    /** Shorter than the breaker's first pause, and long enough to fail everything without a breaker. */
    private static final Duration OUTAGE = Duration.ofMillis(800);

    private static final int IN_FLIGHT = 50;
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final PipelineClock clock = new PipelineClock();
    private final ScriptedSender sender = new ScriptedSender();
    private Topics topics;
    private KafkaClients clients;
    private RecordSender records;
    private DeliveryWorker worker;

    @BeforeEach
    void startWorker() {
        topics = new Topics(new TopicSettings(
                TestInfrastructure.freshTopicPrefix(), 2, (short) 1, List.of(FIRST_TIER, SECOND_TIER)));
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(TestInfrastructure.bootstrapServers()));
        clients = new KafkaClients(properties, topics);
        new TopicProvisioner(clients, topics).start();
        records = new RecordSender(clients.producer(Service.ROUTER_STREAM, "test"));
        worker = worker(Duration.ofSeconds(2));
        worker.start();
    }

    private DeliveryWorker worker(Duration sendLimit) {
        return new DeliveryWorker(
                Service.PUSH_WORKER,
                sender,
                new WorkerSettings(1, IN_FLIGHT, IN_FLIGHT / 2, 100, sendLimit),
                clients,
                topics,
                clock,
                Tracing.off());
    }

    /** Goes on with a worker whose attempts are not interrupted while a test holds them. */
    private void startPatientWorker() {
        worker.stop();
        worker = worker(WAIT);
        worker.start();
    }

    @AfterEach
    void stopWorker() {
        worker.stop();
        records.close();
    }

    @Test
    void attemptsADeliveryAndTellsTheLedger() throws Exception {
        send(delivery(ADA, "one", null));

        ChannelOutcome outcome = awaitOutcomes(1).getFirst();

        assertThat(outcome.state()).isEqualTo(OutcomeState.SENT);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(sender.attempts(ADA)).hasSize(1);
    }

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
    void aBulkDeliveryIsTriedAgainInItsLane() throws Exception {
        sender.script(ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"));
        sendInBulk(delivery(ADA, "one", null));

        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.RETRYING);
        await().until(() -> depth(topics.retries(Channel.PUSH, Lane.BULK, 1)) == 1);
        assertThat(depth(topics.retries(Channel.PUSH, Lane.DIRECT, 1))).isZero();
        clock.advance(FIRST_TIER);
        await().until(() -> sender.attempts(ADA).size() == 2);
    }

    /** Also what waits for its next attempt; and only for whom it is cancelled. */
    @Test
    void attemptsNothingThatIsCancelled() throws Exception {
        Delivery mine = delivery(ADA, "one", null);
        sender.script(ADA, () -> new RetryLater(Reason.PROVIDER_ERROR, "503"));
        send(mine);
        awaitOutcomes(1);

        cancel(new Control.Cancel(mine.notification().event(), List.of(ADA), clock.instant()));
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

        cancel(new Control.Cancel(first.event(), List.of(ADA), clock.instant()));
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
        cancel(new Control.Cancel(mine.notification().event(), List.of(), clock.instant()));
        send(mine);

        worker.start();

        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.CANCELLED);
        assertThat(sender.attempts(ADA)).isEmpty();
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
    void saysWhereARecordLiesThatIsTooLargeForADeadLetter() throws Exception {
        sender.script(ADA, () -> new Rejected(Reason.REJECTED, "552 too large"));
        send(delivery(ADA, "x".repeat(900_000), null));

        DeadLetter letter = awaitDead(1).getFirst();

        assertThat(letter.reason()).isEqualTo("too_large");
        assertThat(letter.valueBase64()).isNull();
        assertThat(letter.topic()).isEqualTo(topics.deliveries(Channel.PUSH).name());
        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.DEAD);
    }

    @Test
    void endsInTheDeadLettersWhenTheTiersAreExhausted() throws Exception {
        ScriptedSender.Reply no = () -> new RetryLater(Reason.PROVIDER_ERROR, "500 again");
        sender.script(ADA, no, no, no);
        send(delivery(ADA, "one", null));
        awaitOutcomes(1);
        clock.advance(FIRST_TIER);
        awaitOutcomes(2);
        clock.advance(SECOND_TIER);

        DeadLetter letter = awaitDead(1).getFirst();

        assertThat(letter.reason()).isEqualTo("attempts_exhausted");
        assertThat(letter.detail()).contains("3 attempts").contains("500 again");
    }

    @Test
    void keepsARejectedDeliveryWholeInTheDeadLetters() throws Exception {
        sender.script(ADA, () -> new Rejected(Reason.REJECTED, "403 key mismatch"));
        Delivery delivery = delivery(ADA, "one", null);
        send(delivery);

        DeadLetter letter = awaitDead(1).getFirst();

        assertThat(letter.valueBase64()).isEqualTo(DeadLetter.encode(Json.write(delivery)));
        assertThat(letter.detail()).isEqualTo("403 key mismatch");
    }

    @Test
    void putsPoisonAsideWithAReasonAndGoesOn() throws Exception {
        TopicSpec topic = topics.deliveries(Channel.PUSH);
        byte[] key = ADA.value().getBytes(StandardCharsets.UTF_8);
        List<OutgoingRecord> poison = Stream.of(
                        "{",
                        "{}",
                        "{\"channel\":\"push\"}",
                        "{\"channel\":\"push\",\"notification\":{}}",
                        "{\"channel\":\"inapp\"}")
                .map(text -> OutgoingRecord.owned(topic, ADA, key, text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        records.sendAll(poison, WAIT);
        records.sendAll(
                List.of(
                        OutgoingRecord.owned(topic, ADA, key, null),
                        OutgoingRecord.owned(topics.retries(Channel.PUSH, 1), ADA, key, new byte[] {0})),
                WAIT);
        send(delivery(ADA, "one", null));

        assertThat(awaitDead(7)).extracting(DeadLetter::reason).containsOnly("malformed");
        await().until(() -> sender.attempts(ADA).size() == 1);
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

    @Test
    void doesNotAttemptWhatHasExpired() throws Exception {
        send(delivery(ADA, "one", clock.instant()));

        assertThat(awaitOutcomes(1).getFirst().state()).isEqualTo(OutcomeState.EXPIRED);
        assertThat(sender.attempts(ADA)).isEmpty();
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

    private void send(Delivery delivery) throws InterruptedException {
        records.sendAll(List.of(record(delivery)), WAIT);
    }

    private void sendInBulk(Delivery some) throws InterruptedException {
        Delivery bulk = new Delivery(
                some.id(),
                some.channel(),
                Lane.BULK,
                some.rev(),
                some.address(),
                some.notification(),
                some.items(),
                some.more(),
                some.attempts(),
                some.traceparent());
        TopicSpec topic = topics.deliveries(Channel.PUSH, Lane.BULK);
        records.sendAll(List.of(OutgoingRecord.of(topic, bulk.recipient(), bulk)), WAIT);
    }

    private void cancel(Control.Cancel cancel) throws InterruptedException {
        control(cancel);
    }

    private void control(Control control) throws InterruptedException {
        OutgoingRecord record = new OutgoingRecord(topics.controls(), 0, null, Json.write(control), List.of());
        records.sendAll(List.of(record), WAIT);
    }

    private OutgoingRecord record(Delivery delivery) {
        return OutgoingRecord.of(topics.deliveries(Channel.PUSH), delivery.recipient(), delivery);
    }

    private Delivery delivery(RecipientId recipient, String title, @Nullable Instant expiresAt) {
        EventUid event = EventUid.of("test", title);
        NotificationId id = NotificationId.of(event, recipient);
        Notification notification = new Notification(
                id,
                event,
                recipient,
                null,
                clock.instant(),
                expiresAt,
                Labels.none(),
                false,
                null,
                Content.of(title, null));
        return new Delivery(
                DeliveryId.of(id, Channel.PUSH),
                Channel.PUSH,
                Lane.DIRECT,
                new Rev(clock.instant(), 0),
                Address.unknown(),
                notification,
                List.of(),
                0,
                Attempts.none(),
                null);
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

    private List<ChannelOutcome> awaitOutcomes(int count) {
        return awaitTold(count).stream()
                .flatMap(outcome -> outcome.channels().stream())
                .toList();
    }

    /** Every outcome here is of one channel. */
    private List<NotificationOutcome> awaitTold(int count) {
        return told(probe.readUntil(
                topics.outcomes().name(), WAIT, records -> told(records).size() >= count));
    }

    private static List<NotificationOutcome> told(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .flatMap(record -> Json.read(record.value(), OutcomeBatch.class).outcomes().stream())
                .toList();
    }

    private List<DeadLetter> awaitDead(int count) {
        return probe.readUntil(topics.dead(Channel.PUSH).name(), WAIT, records -> records.size() >= count).stream()
                .map(record -> Json.read(record.value(), DeadLetter.class))
                .toList();
    }

    private int depth(TopicSpec topic) {
        return probe.readAll(topic.name()).size();
    }
}
