package dev.carillon.schemas.delivery;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.notification.NotificationId;
import java.util.UUID;

/** Identifies one notification on one channel, over all its attempts. */
public record DeliveryId(@JsonValue UUID value) {

    @JsonCreator
    public static DeliveryId parse(String text) {
        return new DeliveryId(UUID.fromString(text));
    }

    /** The delivery of {@code notification} on {@code channel}. */
    public static DeliveryId of(NotificationId notification, Channel channel) {
        return new DeliveryId(DerivedIds.of(notification.toString(), channel.code()));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
