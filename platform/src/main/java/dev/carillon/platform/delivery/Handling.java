package dev.carillon.platform.delivery;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Fewer;
import dev.carillon.platform.delivery.DeliveryOutcome.Postponed;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.platform.delivery.Settlement.Settled;
import dev.carillon.platform.tracing.Stage;
import dev.carillon.platform.tracing.TraceSpan;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with one delivery: nothing where it is too late, too early or cancelled, else an attempt. */
final class Handling {
    /**
     * For how long one recipient's deliveries are attempted without a pause. The others then go to their first tier
     * unattempted: one slow address must not hold back the offsets of everybody in its partition.
     */
    static final Duration CHAIN_LIMIT = Duration.ofSeconds(30);

    private final Attempt attempt;
    private final Settlement settlement;
    private final Cancellations cancellations;
    private final Clock clock;
    private final Tracing tracing;

    Handling(Attempt attempt, Settlement settlement, Cancellations cancellations, Clock clock, Tracing tracing) {
        this.attempt = attempt;
        this.settlement = settlement;
        this.cancellations = cancellations;
        this.clock = clock;
        this.tracing = tracing;
    }

    /** @param chainNanos for how long deliveries of the same recipient have been handled just before */
    Settled handle(Received received, long chainNanos) throws InterruptedException {
        Delivery delivery = received.delivery();
        Instant now = clock.instant();
        Delivery timely = timely(delivery, now);
        if (timely == null) {
            return settlement.expired(received);
        }
        Instant notBefore = delivery.attempts().notBefore();
        boolean early = notBefore != null && notBefore.isAfter(now);
        if (early || chainNanos > CHAIN_LIMIT.toNanos()) {
            return settlement.waitOn(received);
        }
        Delivery rest = cancellations.rest(timely);
        if (rest == null) {
            return settlement.cancelled(received);
        }
        DeliveryOutcome outcome = traced(rest);
        if (outcome == null) {
            return handle(received, chainNanos);
        }
        return settlement
                .after(new Received(received.record(), rest), outcome)
                .and(Outcomes.leftOut(delivery, timely, OutcomeState.EXPIRED, Reason.EXPIRED, now))
                .and(Outcomes.takenBack(timely, rest, clock.instant()));
    }

    private @Nullable DeliveryOutcome traced(Delivery rest) throws InterruptedException {
        try (TraceSpan span = tracing.begin(Stage.delivering(rest.channel()), rest.traceparent())) {
            Notification about = rest.notification();
            span.event(about.event().value(), about.type())
                    .notification(about.id().value());
            DeliveryOutcome outcome = attempt.make(rest, () -> isStillWanted(rest));
            if (outcome != null) {
                end(span, outcome);
            }
            return outcome;
        }
    }

    private static void end(TraceSpan span, DeliveryOutcome outcome) {
        switch (outcome) {
            case Accepted _ -> span.ended(OutcomeState.SENT, null);
            case RetryLater later -> span.failed(OutcomeState.RETRYING, later.reason());
            case Postponed _, Fewer _ -> span.ended(OutcomeState.RETRYING, null);
            case Rejected rejected -> span.failed(OutcomeState.DEAD, rejected.reason());
            case AddressGone gone -> span.ended(OutcomeState.SKIPPED, gone.reason());
            case Skipped skipped -> span.ended(OutcomeState.SKIPPED, skipped.reason());
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same where nothing of it is cancelled or has expired
    private boolean isStillWanted(Delivery rest) {
        return timely(rest, clock.instant()) == rest && cancellations.rest(rest) == rest;
    }

    /**
     * What of {@code delivery} has not expired: of a merged one the items that have not; null where that is nothing. Of what it
     * only counts nobody knows.
     */
    private static @Nullable Delivery timely(Delivery delivery, Instant now) {
        if (isPast(delivery.notification().expiresAt(), now)) {
            return null;
        }
        if (!delivery.merged()) {
            return delivery;
        }
        List<Notification> left = delivery.items().stream()
                .filter(item -> !isPast(item.expiresAt(), now))
                .toList();
        if (left.size() == delivery.items().size() || (left.isEmpty() && delivery.more() > 0)) {
            return delivery;
        }
        return left.isEmpty() ? null : delivery.withItems(left);
    }

    private static boolean isPast(@Nullable Instant expiry, Instant now) {
        return expiry != null && !expiry.isAfter(now);
    }
}
