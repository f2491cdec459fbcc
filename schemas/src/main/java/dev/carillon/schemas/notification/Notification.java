package dev.carillon.schemas.notification;

import static java.util.Objects.requireNonNull;

import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event for one recipient, rendered: the content's title and body are final texts in her language.
 *
 * @param createdAt when ingest accepted the event
 * @param silent shown without toast and sound
 * @param labels complete: category, level and priority are resolved with the type's own
 */
public record Notification(
        NotificationId id,
        EventUid event,
        RecipientId recipient,
        @Nullable String type,
        Instant createdAt,
        @Nullable Instant expiresAt,
        Labels labels,
        boolean silent,
        @Nullable Actor actor,
        Content content) {

    public Notification {
        requireNonNull(id, "notification.id is missing");
        requireNonNull(event, "notification.event is missing");
        requireNonNull(recipient, "notification.recipient is missing");
        requireNonNull(createdAt, "notification.created_at is missing");
        requireNonNull(labels, "notification.labels is missing");
        requireNonNull(content, "notification.content is missing");
    }

    /** The same without somebody, see {@link dev.carillon.schemas.event.Event#without}. */
    public Notification without(RecipientId person, @Nullable String pseudonym) {
        return new Notification(
                id,
                event,
                recipient,
                type,
                createdAt,
                expiresAt,
                labels,
                silent,
                actor != null && actor.id().equals(person) ? null : actor,
                content.without(person, pseudonym));
    }
}
