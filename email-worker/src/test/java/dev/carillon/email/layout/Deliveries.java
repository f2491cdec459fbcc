package dev.carillon.email.layout;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries as the router makes them. */
public final class Deliveries {

    public static final Instant ACCEPTED = Instant.parse("2026-11-20T10:00:00Z");

    private Deliveries() {}

    public static Content content(@Nullable String title, @Nullable String body, @Nullable String url) {
        return new Content(title, null, body, url, List.of(), null, List.of(), Map.of());
    }

    public static Notification notification(String recipient, String event, Content content) {
        EventUid uid = EventUid.of("test", event);
        RecipientId id = new RecipientId(recipient);
        return new Notification(
                NotificationId.of(uid, id), uid, id, null, ACCEPTED, null, Labels.none(), false, null, content);
    }

    public static Address address(@Nullable String email, @Nullable String name, @Nullable String locale) {
        return new Address(email, name, locale, null);
    }

    public static Delivery single(Address address, Content content) {
        return single("ada", "e1", address, content);
    }

    public static Delivery single(String recipient, String event, Address address, Content content) {
        return of(address, notification(recipient, event, content), List.of(), 0);
    }

    public static Delivery of(Address address, Notification head, List<Notification> items, int more) {
        return new Delivery(
                DeliveryId.of(head.id(), Channel.EMAIL),
                Channel.EMAIL,
                Lane.DIRECT,
                new Rev(ACCEPTED, 1),
                address,
                head,
                items,
                more,
                Attempts.none(),
                null);
    }

    /** The same as a briefing. */
    static Delivery briefing(Delivery plain, Address address, DigestKind kind) {
        return new Delivery(
                plain.id(),
                plain.channel(),
                plain.lane(),
                plain.rev(),
                address,
                plain.notification(),
                plain.items(),
                plain.more(),
                plain.attempts(),
                null,
                kind);
    }

    /** The same of a type and a category. */
    public static Delivery labelled(Delivery delivery, @Nullable String type, @Nullable String category) {
        return of(delivery.address(), labelled(delivery.notification(), type, category), List.of(), 0);
    }

    public static Notification labelled(Notification plain, @Nullable String type, @Nullable String category) {
        return with(plain, type, new Labels(category, null, null, Mode.QUEUED, null, null));
    }

    static Notification with(Notification plain, @Nullable String type, Labels labels) {
        return new Notification(
                plain.id(),
                plain.event(),
                plain.recipient(),
                type,
                plain.createdAt(),
                null,
                labels,
                false,
                null,
                plain.content());
    }
}
