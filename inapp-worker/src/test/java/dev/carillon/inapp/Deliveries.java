package dev.carillon.inapp;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TopicProbe;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries as the router makes them. */
public final class Deliveries {
    public static final Instant ACCEPTED = Instant.parse("2026-11-20T10:00:00Z");

    private Deliveries() {}

    /** Event {@code id} for {@code user}, accepted {@code second} seconds after {@link #ACCEPTED}. */
    public static Delivery of(String user, String id, int second, String title) {
        return of(user, id, second, second, title, Labels.none(), null);
    }

    /** A copy with another content. */
    public static Delivery with(Delivery delivery, Content content) {
        Notification all = delivery.notification();
        Notification changed = new Notification(
                all.id(),
                all.event(),
                all.recipient(),
                all.type(),
                all.createdAt(),
                all.expiresAt(),
                all.labels(),
                all.silent(),
                all.actor(),
                content);
        return copy(delivery, changed);
    }

    /** A copy that {@code actor} has caused. */
    public static Delivery from(Delivery delivery, Actor actor) {
        Notification all = delivery.notification();
        return copy(
                delivery,
                new Notification(
                        all.id(),
                        all.event(),
                        all.recipient(),
                        all.type(),
                        all.createdAt(),
                        all.expiresAt(),
                        all.labels(),
                        all.silent(),
                        actor,
                        all.content()));
    }

    private static Delivery copy(Delivery delivery, Notification changed) {
        return new Delivery(
                delivery.id(),
                delivery.channel(),
                delivery.lane(),
                delivery.rev(),
                delivery.address(),
                changed,
                List.of(),
                0,
                delivery.attempts(),
                null);
    }

    public static Delivery of(
            String user, String id, int second, long offset, String title, Labels labels, @Nullable Instant expiresAt) {
        EventUid event = EventUid.of("test", id);
        RecipientId recipient = new RecipientId(user);
        NotificationId notificationId = NotificationId.of(event, recipient);
        Instant accepted = ACCEPTED.plusSeconds(second);
        Notification notification = new Notification(
                notificationId,
                event,
                recipient,
                "invoice.paid",
                accepted,
                expiresAt,
                labels,
                false,
                null,
                Content.of(title, "body of " + title));
        return new Delivery(
                DeliveryId.of(notificationId, Channel.INAPP),
                Channel.INAPP,
                Lane.DIRECT,
                new Rev(accepted, offset),
                Address.unknown(),
                notification,
                List.of(),
                0,
                Attempts.none(),
                null);
    }

    public static String id(Delivery delivery) {
        return delivery.notification().id().toString();
    }

    /** Puts {@code delivery} where the router would. */
    public static void route(TopicProbe probe, Topics topics, Delivery delivery) {
        String user = delivery.recipient().value();
        probe.send(topics.deliveries(Channel.INAPP).name(), null, user, Json.write(delivery));
    }
}
