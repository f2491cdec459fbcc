package dev.carillon.router.topology;

import dev.carillon.router.decision.Candidate;
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
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event with its type as it is now, and where it came from.
 *
 * @param type null where the catalogue does not know it; it then goes in-app
 * @param offset of the input record
 */
record Message(
        Event event,
        @Nullable NotificationType type,
        Lane lane,
        @Nullable String traceparent,
        long offset) {

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

    /** @param shownAt when it went to her feed; null where it has not */
    Candidate candidate(Recipient recipient, boolean direct, @Nullable Instant shownAt, boolean cancelled) {
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
                type != null && type.critical(),
                !direct && causedBy(recipient.id()) && !notifiesActor(),
                cancelled);
    }

    private boolean causedBy(RecipientId recipient) {
        Actor actor = event.actor();
        return actor != null && actor.id().equals(recipient);
    }

    private boolean notifiesActor() {
        return event.notifyActor() || (type != null && type.notifyActor());
    }
}
