package dev.carillon.router.topology;

import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Gate;
import dev.carillon.router.decision.Ladder;
import dev.carillon.router.decision.Turn;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Step;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves the later steps of a notification when an earlier one gets on, or does not. */
final class Escalation {
    private final PartitionState partition;
    private final Types types;
    private final Outbox outbox;

    Escalation(PartitionState partition, Types types, Outbox outbox) {
        this.partition = partition;
        this.types = types;
        this.outbox = outbox;
    }

    /** What was decided about {@code channel} at a release. */
    void apply(Message message, RecipientId recipient, Channel channel, Decision decision, Instant now) {
        Climb climb = new Climb(message.event(), message.type(), recipient, now);
        switch (decision) {
            case Decision.Deliver ignored -> climb.behind(channel, Ladder.out(channel, now));
            case Decision.Hold hold when hold.gate() == Gate.FALLBACK -> {
                // Whatever waits behind the same step does not wait behind this one.
            }
            case Decision.Hold hold -> climb.behind(channel, new Ladder.Out(channel, hold.until(), false));
            case Decision.Suppress ignored -> climb.behind(channel, Ladder.skipped(now));
        }
    }

    /** What a worker says of a delivery. */
    void apply(Activity.Ended ended, Instant now) {
        RecipientId recipient = ended.recipient();
        Set<NotificationId> notifications = new LinkedHashSet<>(ended.notifications());
        if (notifications.size() > 1) {
            // What a merged delivery only counted is meant by its name.
            notifications.addAll(partition.turns().toldAs(recipient, ended.channel(), ended.notifications()));
        }
        notifications.forEach(notification -> ended(recipient, ended.channel(), notification, ended.gotThrough(), now));
    }

    /**
     * A channel cannot reach her any more, as where a mail bounced long after its relay took it: what went out there may
     * never have come. Where the channel still waits for its turn, it is skipped when that comes.
     */
    void apply(Activity.Reachable lost, Instant now) {
        RecipientId recipient = lost.recipient();
        for (NotificationId notification : partition.turns().behind(recipient, lost.channel())) {
            if (partition.turns().find(recipient, lost.channel(), notification) == null) {
                ended(recipient, lost.channel(), notification, false, now);
            }
        }
    }

    /** @param on the channel that has come to its end */
    private void ended(
            RecipientId recipient, Channel on, NotificationId notification, boolean gotThrough, Instant now) {
        for (Channel channel : Channel.values()) {
            HeldItem item = partition.turns().find(recipient, channel, notification);
            if (item == null || item.waiting().behind() != on) {
                continue;
            }
            if (!gotThrough) {
                skip(recipient, on, channel, item, now);
            } else if (item.waiting().gate() == Gate.FALLBACK) {
                drop(recipient, channel, item, now);
            }
        }
    }

    private void skip(RecipientId recipient, Channel on, Channel channel, HeldItem item, Instant now) {
        Event event = item.body() == null ? partition.bodies().find(item.event()) : item.body();
        if (event == null) {
            partition.turns().move(recipient, channel, item, Gate.STEP, now, null);
        } else {
            new Climb(event, types.of(event), recipient, now).behind(on, Ladder.skipped(now));
        }
    }

    private void drop(RecipientId recipient, Channel channel, HeldItem item, Instant now) {
        partition.turns().remove(recipient, channel, item.notification());
        var outcome = Outcomes.suppressed(channel, Reason.STEP_NOT_NEEDED);
        outbox.outcome(Outcomes.of(item.event(), recipient, now, List.of(outcome)));
    }

    /** Goes through the steps behind one that has come to something. */
    private final class Climb {
        private final @Nullable NotificationType type;
        private final RecipientId recipient;
        private final Instant now;
        private final NotificationId notification;

        Climb(Event event, @Nullable NotificationType type, RecipientId recipient, Instant now) {
            this.type = type;
            this.recipient = recipient;
            this.now = now;
            this.notification = NotificationId.of(event.uid(), recipient);
        }

        void behind(Channel channel, Ladder start) {
            Ladder ladder = start;
            Set<Channel> moved = EnumSet.of(channel);
            for (Step step : Message.stepsBehind(type, channel)) {
                HeldItem item = partition.turns().find(recipient, step.channel(), notification);
                Channel behind = item == null ? null : item.waiting().behind();
                if (item != null && behind != null && moved.contains(behind)) {
                    ladder = move(step, item, ladder);
                    moved.add(step.channel());
                }
            }
        }

        private Ladder move(Step step, HeldItem item, Ladder ladder) {
            Channel channel = step.channel();
            return switch (ladder.turn(step)) {
                case Turn.At(Instant time) -> {
                    partition.turns().move(recipient, channel, item, Gate.STEP, time, ladder.behind());
                    yield new Ladder.Out(channel, time, false);
                }
                case Turn.Fallback() -> {
                    Instant limit = item.waiting().limit();
                    partition.turns().move(recipient, channel, item, Gate.FALLBACK, limit, ladder.behind());
                    yield ladder;
                }
                case Turn.Never() -> {
                    drop(recipient, channel, item, now);
                    yield ladder;
                }
            };
        }
    }
}
