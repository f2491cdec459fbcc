package dev.carillon.platform.delivery;

import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Fewer;
import dev.carillon.platform.delivery.DeliveryOutcome.Postponed;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Says what follows from an attempt: which record goes where, and what the ledger hears. The one exhaustive switch. */
final class Settlement {
    private final Topics topics;
    private final Channel channel;
    private final RetryPlan plan;
    private final DeadLetters deadLetters;
    private final Clock clock;

    Settlement(Topics topics, Channel channel, Clock clock) {
        this.topics = topics;
        this.channel = channel;
        this.plan = new RetryPlan(topics.settings().retryTiers());
        this.deadLetters = new DeadLetters(topics.dead(channel), clock);
        this.clock = clock;
    }

    /**
     * What to send before the record's offset may be committed.
     *
     * @param follow a retry or a dead letter; null where the delivery has ended
     * @param outcomes what the ledger should know
     * @param report tells the router how it ended; null where no step waits for that, or it has not ended
     */
    record Settled(
            @Nullable OutgoingRecord follow,
            List<NotificationOutcome> outcomes,
            @Nullable OutgoingRecord report) {

        Settled(@Nullable OutgoingRecord follow, List<NotificationOutcome> outcomes) {
            this(follow, outcomes, null);
        }

        Settled and(List<NotificationOutcome> more) {
            return new Settled(
                    follow, Stream.concat(outcomes.stream(), more.stream()).toList(), report);
        }
    }

    Settled after(Received received, DeliveryOutcome outcome) {
        int attempt = received.delivery().attempts().made() + 1;
        return switch (outcome) {
            case Accepted(String detail) -> ended(received, OutcomeState.SENT, Reason.NONE, detail, attempt);
            case AddressGone(Reason reason, String detail) ->
                ended(received, OutcomeState.SKIPPED, reason, detail, attempt);
            case Skipped(Reason reason) -> ended(received, OutcomeState.SKIPPED, reason, null, attempt);
            case Postponed postponed -> waitOn(received, postponed.notBefore());
            case Fewer(Delivery rest, Reason reason) -> fewer(received.delivery(), rest, reason);
            case Rejected(Reason reason, String detail) -> dead(received, reason, detail, attempt);
            case RetryLater later when plan.allowsAttemptAfter(attempt) -> retry(received, later, attempt);
            case RetryLater later ->
                dead(
                        received,
                        Reason.ATTEMPTS_EXHAUSTED,
                        attempt + " attempts, the last one " + later.reason().code() + ": " + later.detail(),
                        attempt);
        };
    }

    Settled expired(Received received) {
        int made = received.delivery().attempts().made();
        return ended(received, OutcomeState.EXPIRED, Reason.EXPIRED, null, made);
    }

    Settled cancelled(Received received) {
        int made = received.delivery().attempts().made();
        return ended(received, OutcomeState.CANCELLED, Reason.CANCELLED, null, made);
    }

    /** It waits on, without an attempt: because of a hint beyond what its tier may hold, or because others are slow. */
    Settled waitOn(Received received) {
        return waitOn(received, received.delivery().attempts().notBefore());
    }

    private Settled waitOn(Received received, @Nullable Instant notBefore) {
        Attempts attempts = received.delivery().attempts().withNotBefore(notBefore);
        return new Settled(waiting(received.delivery(), attempts, clock.instant()), List.of());
    }

    private Settled fewer(Delivery whole, Delivery rest, Reason reason) {
        Instant now = clock.instant();
        List<NotificationOutcome> out = Outcomes.leftOut(whole, rest, OutcomeState.SKIPPED, reason, now);
        List<NotificationId> ids =
                out.stream().map(NotificationOutcome::notification).toList();
        Attempts attempts = rest.attempts().withNotBefore(null);
        return new Settled(waiting(rest, attempts, now), out, report(whole, ids, OutcomeState.SKIPPED, reason));
    }

    Settled malformed(ConsumerRecord<byte[], byte[]> record, String detail) {
        return new Settled(deadLetters.of(record, Reason.MALFORMED, detail), List.of());
    }

    /** Our own fault: it cannot be handled. */
    Settled failed(Received received, String detail) {
        int attempt = received.delivery().attempts().made() + 1;
        return dead(received, Reason.INTERNAL_ERROR, detail, attempt);
    }

    private Settled retry(Received received, RetryLater later, int attempt) {
        Delivery delivery = received.delivery();
        Instant now = clock.instant();
        Instant next = plan.nextAttempt(attempt, now, later.notBefore());
        Attempts attempts = new Attempts(
                attempt,
                next,
                null,
                union(delivery.attempts().done(), later.done()),
                later.reason().code());
        ChannelOutcome outcome =
                new ChannelOutcome(channel, OutcomeState.RETRYING, later.reason(), later.detail(), next, attempt);
        return new Settled(waiting(delivery, attempts, now), notification(delivery, outcome));
    }

    private static List<String> union(List<String> earlier, List<String> later) {
        return Stream.concat(earlier.stream(), later.stream()).distinct().toList();
    }

    private OutgoingRecord waiting(Delivery delivery, Attempts attempts, Instant now) {
        Instant due = attempts.notBefore() == null ? now : attempts.notBefore();
        return OutgoingRecord.of(
                topics.retries(channel, delivery.lane(), plan.tierFor(now, due)),
                delivery.recipient(),
                delivery.withAttempts(attempts.waitingFrom(now)));
    }

    private Settled dead(Received received, Reason reason, String detail, int attempt) {
        ChannelOutcome outcome = new ChannelOutcome(channel, OutcomeState.DEAD, reason, detail, null, attempt);
        return new Settled(
                deadLetters.of(received.record(), reason, detail),
                notification(received.delivery(), outcome),
                report(received.delivery(), outcome));
    }

    private Settled ended(Received received, OutcomeState state, Reason reason, @Nullable String detail, int attempt) {
        ChannelOutcome outcome = new ChannelOutcome(channel, state, reason, detail, null, attempt);
        return new Settled(null, notification(received.delivery(), outcome), report(received.delivery(), outcome));
    }

    private @Nullable OutgoingRecord report(Delivery delivery, ChannelOutcome outcome) {
        return report(delivery, whole(delivery), outcome.state(), outcome.reason());
    }

    /** What it told, and by its own name what it only counted. */
    private static List<NotificationId> whole(Delivery delivery) {
        List<NotificationId> told = delivery.told();
        return delivery.merged() && delivery.more() > 0
                ? Stream.concat(told.stream(), Stream.of(delivery.notification().id()))
                        .toList()
                : told;
    }

    private @Nullable OutgoingRecord report(
            Delivery delivery, List<NotificationId> told, OutcomeState state, Reason reason) {
        if (!delivery.followed()) {
            return null;
        }
        Activity ended = new Activity.Ended(delivery.recipient(), told, channel, state, reason, clock.instant());
        return OutgoingRecord.of(topics.activity(), delivery.recipient(), ended);
    }

    private List<NotificationOutcome> notification(Delivery delivery, ChannelOutcome outcome) {
        return List.of(NotificationOutcome.of(delivery.notification(), clock.instant(), List.of(outcome))
                .on(delivery.lane()));
    }
}
