package dev.carillon.inapp.feed;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import org.jspecify.annotations.Nullable;

/** Reads the channel's records, and vouches that a delivery has everything that a row needs. */
final class DeliveryRecord {
    private DeliveryRecord() {}

    /**
     * The delivery in {@code value}.
     *
     * @throws MalformedRecordException where it is none, is incomplete, or is for another channel
     */
    static Delivery read(byte @Nullable [] value) {
        if (value == null) {
            throw new MalformedRecordException("Delivery expected, but the record has no value", null);
        }
        Delivery delivery = Json.read(value, Delivery.class);
        if (delivery.channel() != Channel.INAPP) {
            throw new MalformedRecordException("Delivery on inapp expected, but it is for " + delivery.channel(), null);
        }
        require("rev", delivery.rev());
        require("rev.accepted_at", delivery.rev().acceptedAt());
        Notification notification = delivery.notification();
        require("notification", notification);
        require("notification.id", notification.id());
        require("notification.event", notification.event());
        require("notification.recipient", notification.recipient());
        require("notification.created_at", notification.createdAt());
        require("notification.labels", notification.labels());
        require("notification.content", notification.content());
        return delivery;
    }

    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw new MalformedRecordException("Delivery expected, but " + field + " is missing", null);
        }
    }
}
