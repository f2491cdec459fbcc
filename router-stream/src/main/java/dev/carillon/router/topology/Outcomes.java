package dev.carillon.router.topology;

import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Gate;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;

/** Says in outcomes what was decided. */
final class Outcomes {
    private Outcomes() {}

    static NotificationOutcome of(EventUid event, RecipientId recipient, Instant at, List<ChannelOutcome> channels) {
        return new NotificationOutcome(NotificationId.of(event, recipient), event, recipient, at, channels);
    }

    static NotificationOutcome of(Event event, RecipientId recipient, Instant at, List<ChannelOutcome> channels) {
        return new NotificationOutcome(
                NotificationId.of(event.uid(), recipient),
                event.uid(),
                recipient,
                at,
                channels,
                event.acceptedAt(),
                event.type(),
                event.source());
    }

    static ChannelOutcome routed(Channel channel, List<String> warnings) {
        return ChannelOutcome.of(channel, OutcomeState.ROUTED, Reason.NONE).withWarnings(warnings);
    }

    static ChannelOutcome held(Channel channel, Decision.Hold hold) {
        return new ChannelOutcome(channel, OutcomeState.HELD, reason(hold.gate()), null, hold.until(), 0);
    }

    /** What it is called to wait for {@code gate}. */
    static Reason reason(Gate gate) {
        return switch (gate) {
            case MUTED -> Reason.MUTED;
            case SCHEDULED -> Reason.SCHEDULED;
            case QUIET_HOURS -> Reason.QUIET_HOURS;
            case BATCH -> Reason.BATCH;
            case DIGEST -> Reason.DIGEST;
            case CAPPED -> Reason.FREQUENCY_CAP;
            case STEP -> Reason.STEP;
            case FALLBACK -> Reason.FALLBACK;
        };
    }

    static ChannelOutcome suppressed(Channel channel, Reason reason) {
        OutcomeState state = switch (reason) {
            case EXPIRED -> OutcomeState.EXPIRED;
            case CANCELLED, CANCELLED_BY_OPERATOR, ERASED -> OutcomeState.CANCELLED;
            default -> OutcomeState.SUPPRESSED;
        };
        return ChannelOutcome.of(channel, state, reason);
    }

    static ChannelOutcome suppressed(Channel channel, Decision.Suppress suppress) {
        ChannelOutcome outcome = suppressed(channel, suppress.reason());
        return new ChannelOutcome(channel, outcome.state(), outcome.reason(), suppress.detail(), null, 0);
    }

    /** It went out as part of {@code into}. */
    static ChannelOutcome merged(Channel channel, NotificationId into) {
        return new ChannelOutcome(channel, OutcomeState.MERGED, Reason.NONE, into.toString(), null, 0);
    }
}
