package dev.carillon.schemas.outcome;

import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of a notification, with all the channels it concerns.
 *
 * @param at when it happened
 * @param acceptedAt when ingest accepted the event, the same in all steps of a notification; null where the speaker does
 *     not know it
 * @param type of the event; null where it has none or the speaker does not know it
 * @param source of the event; the router alone knows it
 * @param lane on which a worker had it; null where it does not matter or nobody said it
 */
public record NotificationOutcome(
        NotificationId notification,
        EventUid event,
        RecipientId recipient,
        Instant at,
        List<ChannelOutcome> channels,
        @Nullable Instant acceptedAt,
        @Nullable String type,
        @Nullable String source,
        @Nullable Lane lane) {

    public NotificationOutcome {
        channels = List.copyOf(channels);
    }

    public NotificationOutcome(
            NotificationId notification,
            EventUid event,
            RecipientId recipient,
            Instant at,
            List<ChannelOutcome> channels) {
        this(notification, event, recipient, at, channels, null, null, null);
    }

    public NotificationOutcome(
            NotificationId notification,
            EventUid event,
            RecipientId recipient,
            Instant at,
            List<ChannelOutcome> channels,
            @Nullable Instant acceptedAt,
            @Nullable String type,
            @Nullable String source) {
        this(notification, event, recipient, at, channels, acceptedAt, type, source, null);
    }

    /** What a worker says of a notification that it was given. */
    public static NotificationOutcome of(Notification told, Instant at, List<ChannelOutcome> channels) {
        return new NotificationOutcome(
                told.id(), told.event(), told.recipient(), at, channels, told.createdAt(), told.type(), null);
    }

    public NotificationOutcome on(Lane riding) {
        return new NotificationOutcome(notification, event, recipient, at, channels, acceptedAt, type, source, riding);
    }
}
