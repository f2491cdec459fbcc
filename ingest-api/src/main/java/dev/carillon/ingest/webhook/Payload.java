package dev.carillon.ingest.webhook;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of a webhook. It has ids and codes only: no text of a notification, and nothing that a provider said, which
 * may hold an address.
 *
 * @param timestamp when it happened
 */
record Payload(String type, Instant timestamp, Object data) {
    static final String TEST = "webhook.test";
    private static final String EVENT = "notification.";

    /**
     * What happened to a notification on a channel.
     *
     * @param type of the event; null where it has none
     * @param source of the event; null where who told of the outcome does not know it
     * @param attempt its number; null where none was made
     * @param until until when it waits
     * @param action the button that was pressed
     */
    record Data(
            NotificationId notification,
            DeliveryId delivery,
            EventUid event,
            RecipientId recipient,
            @Nullable String type,
            @Nullable String category,
            @Nullable String source,
            Channel channel,
            OutcomeState outcome,
            Reason reason,
            @Nullable Integer attempt,
            @Nullable Instant until,
            @Nullable String action) {}

    private record TestData(UUID webhook) {}

    /** What a test sends. */
    static Payload test(UUID endpoint, Instant now) {
        return new Payload(TEST, now, new TestData(endpoint));
    }

    static Payload of(NotificationOutcome told, ChannelOutcome what, @Nullable String category) {
        return new Payload(
                event(what.state()),
                told.at(),
                new Data(
                        told.notification(),
                        DeliveryId.of(told.notification(), what.channel()),
                        told.event(),
                        told.recipient(),
                        told.type(),
                        category,
                        told.source(),
                        what.channel(),
                        what.state(),
                        what.reason(),
                        what.attempt() == 0 ? null : Integer.valueOf(what.attempt()),
                        what.until(),
                        what.state() == OutcomeState.ACTED ? what.detail() : null));
    }

    /** The type of the events that tell of this outcome. */
    static String event(OutcomeState outcome) {
        return EVENT + outcome.name().toLowerCase(java.util.Locale.ROOT);
    }

    String json() {
        return new String(Json.write(this), StandardCharsets.UTF_8);
    }
}
