package dev.carillon.schemas.delivery;

import dev.carillon.schemas.notification.NotificationId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What connected clients must see now; keyed by the recipient, {@code *} for everybody connected.
 *
 * @param event name of the server-sent event: {@code notification}, {@code updated} or {@code count}
 * @param id the notification it is about; with {@code rev} a client knows what it has seen
 * @param data the event's body as clients get it
 */
public record LiveMessage(
        String event, @Nullable NotificationId id, @Nullable Rev rev, JsonNode data) {}
