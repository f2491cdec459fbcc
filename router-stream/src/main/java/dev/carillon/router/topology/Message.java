package dev.carillon.router.topology;

import dev.carillon.router.decision.About;
import dev.carillon.router.decision.Candidate;
import dev.carillon.router.decision.Pacing;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event with its type as it is now, and where it came from.
 *
 * @param type null where the catalogue does not know it; it then goes in-app
 * @param offset of the input record
 * @param pacing how its type collects, with the keys that the event gives
 */
record Message(
        Event event,
        @Nullable NotificationType type,
        Lane lane,
        @Nullable String traceparent,
        long offset,
        Pacing pacing) {

    /** The event's labels, completed by the type's. */
    Labels labels() {
        Labels own = event.labels();
        String category = own.category() == null && type != null ? type.category() : own.category();
        Level level = own.level() == null && type != null ? type.level() : own.level();
        Priority priority = own.priority() == null && type != null ? type.priority() : own.priority();
        return new Labels(
                category,
                level == null ? Level.INFO : level,
                priority == null ? Priority.NORMAL : priority,
                own.mode(),
                own.group(),
                own.thread());
    }

    /** The same as a part of the trace that {@code context} stands for. */
    Message traced(@Nullable String context) {
        return new Message(event, type, lane, context, offset, pacing);
    }

    /** Whether the type bypasses what the recipient wants. */
    boolean critical() {
        return type != null && type.critical();
    }

    /** @param shownAt when it went to her feed; null where it has not */
    Candidate candidate(Recipient recipient, HeldItem.Origin origin, @Nullable Instant shownAt, boolean cancelled) {
        Labels labels = labels();
        return new Candidate(
                NotificationId.of(event.uid(), recipient.id()),
                shownAt,
                event.deliverAt(recipient.state().zone()),
                event.expiresAt(),
                event.type(),
                labels.category(),
                labels.priorityOrDefault(),
                type == null ? Set.of(Channel.INAPP) : type.channels(),
                critical(),
                !origin.direct() && causedBy(recipient.id()) && !notifiesActor(),
                cancelled,
                about(labels, origin),
                Map.of(),
                pacing);
    }

    private About about(Labels labels, HeldItem.Origin origin) {
        Actor actor = event.actor();
        return new About(
                actor == null ? null : actor.id(),
                event.content().subjects(),
                labels.group(),
                labels.thread(),
                Set.copyOf(origin.via()),
                origin.nesting());
    }

    /** The channels that its type tries one after the other. */
    List<Step> steps() {
        return stepsOf(type);
    }

    /** Whether a later step waits behind {@code channel}. */
    boolean isFollowed(Channel channel) {
        return channel != Channel.INAPP && !stepsBehind(type, channel).isEmpty();
    }

    /** The steps of {@code type} that come later than {@code channel}; none where it is no step. */
    static List<Step> stepsBehind(@Nullable NotificationType type, Channel channel) {
        List<Step> steps = stepsOf(type);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).channel() == channel) {
                return steps.subList(i + 1, steps.size());
            }
        }
        return List.of();
    }

    private static List<Step> stepsOf(@Nullable NotificationType type) {
        return type == null ? List.of() : type.policies().steps();
    }

    private boolean causedBy(RecipientId recipient) {
        Actor actor = event.actor();
        return actor != null && actor.id().equals(recipient);
    }

    private boolean notifiesActor() {
        return event.notifyActor() || (type != null && type.notifyActor());
    }
}
