package dev.carillon.schemas.outcome;

import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;

/** One step in the life of a notification, with all the channels it concerns. */
public record NotificationOutcome(
        NotificationId notification, EventUid event, RecipientId recipient, Instant at, List<ChannelOutcome> channels) {

    public NotificationOutcome {
        channels = List.copyOf(channels);
    }
}
