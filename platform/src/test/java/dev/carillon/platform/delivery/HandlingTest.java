package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sender is told that waits before it hands over. */
class HandlingTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant EXPIRY = NOW.plus(Duration.ofMinutes(30));

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final Cancellations cancellations = new Cancellations();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Boolean> answers = new ArrayList<>();
    private final List<Delivery> handed = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Asks, lets something happen, and asks again. */
    private final class Waiting implements ChannelSender {
        @Override
        public Channel channel() {
            return Channel.PUSH;
        }

        @Override
        public DeliveryOutcome send(Delivery delivery) {
            throw new IllegalStateException("it is not told what to ask");
        }

        @Override
        public DeliveryOutcome send(Delivery delivery, BooleanSupplier stillWanted) {
            handed.add(delivery);
            answers.add(stillWanted.getAsBoolean());
            meanwhile.run();
            answers.add(stillWanted.getAsBoolean());
            return new DeliveryOutcome.Accepted(null);
        }
    }

    private Settlement.Settled handle(Delivery delivery) throws InterruptedException {
        Attempt attempt = new Attempt(
                new Waiting(), threads, Duration.ofSeconds(30), new Room(1, 1), Lane.DIRECT, new CircuitBreaker());
        Topics topics = new Topics(TopicSettings.defaults());
        Handling handling =
                new Handling(attempt, new Settlement(topics, Channel.PUSH, clock), cancellations, clock, Tracing.off());
        var record = new ConsumerRecord<>("deliveries", 0, 0, new byte[0], new byte[0]);
        return handling.handle(new Received(record, delivery), 0);
    }

    private static Notification notification(String name) {
        return notification(name, EXPIRY);
    }

    private static Notification notification(String name, @Nullable Instant expiry) {
        EventUid event = EventUid.of("test", name);
        return new Notification(
                NotificationId.of(event, ADA),
                event,
                ADA,
                null,
                NOW,
                expiry,
                Labels.none(),
                false,
                null,
                Content.of(name, null));
    }

    private static Delivery delivery(List<Notification> items) {
        return delivery(notification("head"), items);
    }

    private static Delivery delivery(Notification head, List<Notification> items) {
        return new Delivery(
                DeliveryId.of(head.id(), Channel.PUSH),
                Channel.PUSH,
                Lane.DIRECT,
                new Rev(NOW, 1),
                Address.unknown(),
                head,
                items,
                0,
                Attempts.none(),
                null);
    }

    private void cancel(Notification notification) {
        cancellations.add(new Control.Cancel(notification.event(), List.of(ADA), NOW), NOW);
    }

    @Test
    void whatIsNeitherCancelledNorExpiredIsWanted() throws Exception {
        var _ = handle(delivery(List.of()));
        assertThat(answers).containsExactly(true, true);
    }

    @Test
    void whatIsCancelledWhileItsSenderWaitsIsNotWantedAnyMore() throws Exception {
        meanwhile = () -> cancel(notification("head"));
        var _ = handle(delivery(List.of()));
        assertThat(answers).containsExactly(true, false);
    }

    @Test
    void neitherIsAMergedOneOfWhichAnItemIsCancelled() throws Exception {
        meanwhile = () -> cancel(notification("one"));
        var _ = handle(delivery(List.of(notification("one"), notification("two"))));
        assertThat(answers).containsExactly(true, false);
    }

    @Test
    void norWhatExpires() throws Exception {
        meanwhile = () -> clock.advance(Duration.ofMinutes(30));
        var _ = handle(delivery(List.of()));
        assertThat(answers).containsExactly(true, false);
    }

    @Test
    void neitherIsAMergedOneOfWhichAnItemExpires() throws Exception {
        meanwhile = () -> clock.advance(Duration.ofMinutes(30));
        var _ = handle(delivery(notification("head", null), List.of(notification("one"), notification("two", null))));
        assertThat(answers).containsExactly(true, false);
    }

    @Test
    void whatHasExpiredOfAMergedOneIsLeftOut() throws Exception {
        Notification late = notification("one");
        Notification timely = notification("two", null);
        clock.advance(Duration.ofMinutes(30));
        Settlement.Settled settled = handle(delivery(notification("head", null), List.of(late, timely)));

        assertThat(handed)
                .singleElement()
                .satisfies(rest -> assertThat(rest.items()).containsExactly(timely));
        assertThat(settled.outcomes())
                .extracting(outcome -> outcome.notification() + " "
                        + outcome.channels().getFirst().state())
                .contains(late.id() + " EXPIRED");
    }

    @Test
    void ofWhichEverythingHasExpiredNothingIsHandedOver() throws Exception {
        clock.advance(Duration.ofMinutes(30));
        Settlement.Settled settled =
                handle(delivery(notification("head", null), List.of(notification("one"), notification("two"))));

        assertThat(handed).isEmpty();
        assertThat(settled.outcomes())
                .singleElement()
                .satisfies(outcome ->
                        assertThat(outcome.channels().getFirst().state()).isEqualTo(OutcomeState.EXPIRED));
    }
}
