package dev.carillon.router.topology;

import dev.carillon.router.decision.Candidate;
import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Gate;
import dev.carillon.router.decision.Passed;
import dev.carillon.router.decision.Plan;
import dev.carillon.router.fanout.Reached;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.HoldResult;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells one recipient of one message: decides for each channel and does what was decided. */
final class Tell {
    private final Recipients recipients;
    private final Types types;
    private final PartitionState partition;
    private final HandOver handOver;
    private final Outbox outbox;

    Tell(Recipients recipients, Types types, PartitionState partition, HandOver handOver, Outbox outbox) {
        this.recipients = recipients;
        this.types = types;
        this.partition = partition;
        this.handOver = handOver;
        this.outbox = outbox;
    }

    /**
     * Decides about every channel.
     *
     * @param shared whether the message goes to others of this partition too
     */
    void tell(Message message, Reached reached, boolean shared, Instant now) {
        if (partition.erasures().covers(reached.recipient(), message.event().acceptedAt())) {
            return; // nobody is there to be told, and no outcome may name her
        }
        Recipient recipient = recipients.find(reached.recipient());
        var origin = new HeldItem.Origin(
                message.offset(),
                message.lane(),
                message.traceparent(),
                reached.direct(),
                shared,
                reached.via(),
                reached.nesting());
        Candidate candidate = candidate(message, recipient, origin, null);
        Passed passed = Passed.nothing(candidate, now);
        List<Plan> plans = Plan.of(candidate, message.steps(), recipient.state(), passed, now);
        Instant shown = plans.stream().anyMatch(Tell::showsIt) ? now : null;
        boolean beside = plans.stream().filter(Tell::holdsIt).count() > 1;
        List<ChannelOutcome> outcomes = new ArrayList<>();
        for (Plan plan : plans) {
            Channel channel = plan.channel();
            outcomes.add(
                    switch (plan.decision()) {
                        case Decision.Deliver deliver -> {
                            List<String> warnings = handOver.single(message, recipient, channel, deliver, null, now);
                            yield Outcomes.routed(channel, warnings);
                        }
                        case Decision.Hold hold -> {
                            var earlier = new Earlier(passed, origin, shown, plan.behind(), beside, Map.of());
                            yield hold(message, recipient, channel, hold, earlier, now);
                        }
                        case Decision.Suppress suppress -> Outcomes.suppressed(channel, suppress);
                    });
        }
        outbox.outcome(Outcomes.of(message.event(), recipient.id(), now, outcomes));
    }

    private static boolean showsIt(Plan plan) {
        return plan.channel() == Channel.INAPP && plan.decision() instanceof Decision.Deliver;
    }

    private static boolean holdsIt(Plan plan) {
        return plan.decision() instanceof Decision.Hold;
    }

    /** @param shownAt when it went to her feed; null where it has not */
    Candidate candidate(Message message, Recipient recipient, HeldItem.Origin origin, @Nullable Instant shownAt) {
        boolean cancelled = partition.marks().covers(message.event().uid(), recipient.id());
        return message.candidate(recipient, origin, shownAt, cancelled).unmet(types.unmet(message, recipient));
    }

    /**
     * What has become of a notification before it is held.
     *
     * @param shownAt when it went to the feed; null where it has not
     * @param behind the channel of the earlier step that it follows; null where it follows none
     * @param beside as that of a {@link HeldItem}, like {@code toldAs}
     */
    record Earlier(
            Passed passed,
            HeldItem.Origin origin,
            @Nullable Instant shownAt,
            @Nullable Channel behind,
            boolean beside,
            Map<Channel, NotificationId> toldAs) {}

    /** Holds a message on a channel and says what became of it there. */
    ChannelOutcome hold(
            Message message, Recipient recipient, Channel channel, Decision.Hold hold, Earlier earlier, Instant now) {
        Passed passed = earlier.passed;
        HeldItem item = new HeldItem(
                NotificationId.of(message.event().uid(), recipient.id()),
                message.event().uid(),
                message.event().acceptedAt(),
                message.event().labels().group(),
                earlier.origin,
                new HeldItem.Waiting(
                        Gate.bits(passed.gates()), hold.gate(), hold.until(), passed.limit(), earlier.behind),
                earlier.shownAt,
                message.event(),
                earlier.beside,
                earlier.toldAs);
        handOver.replaceHeld(message, recipient.id(), channel, HeldSlot.id(channel, hold.slot()), now);
        return switch (partition.holds().hold(recipient.id(), channel, hold, item, now)) {
            case HoldResult.Held() -> Outcomes.held(channel, hold);
            case HoldResult.HeldInstead(HeldItem older) -> {
                replaced(older, recipient, channel, now);
                yield Outcomes.held(channel, hold);
            }
            case HoldResult.Outdated() -> HandOver.replaced(channel);
            case HoldResult.CountedOnly(HeldItem older) -> {
                if (older != null) {
                    replaced(older, recipient, channel, now);
                }
                yield Outcomes.held(channel, hold);
            }
            case HoldResult.Refused() -> Outcomes.suppressed(channel, Reason.HOLD_LIMIT);
        };
    }

    private void replaced(HeldItem older, Recipient recipient, Channel channel, Instant now) {
        outbox.outcome(Outcomes.of(older.event(), recipient.id(), now, List.of(HandOver.replaced(channel))));
    }
}
