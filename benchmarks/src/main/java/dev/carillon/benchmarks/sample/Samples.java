package dev.carillon.benchmarks.sample;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Events of about 500 bytes that differ in their text, as callers send them and as they travel. The title carries a {@link Stamp}. */
public final class Samples {
    public static final String SOURCE = "billing";

    /** Few in a batch of a producer are alike, or compression would make the work of everybody behind it too easy. */
    private static final String[] BODIES = bodies(1_024);

    private static final int BODY_LENGTH = 180;
    private static final String LINK = "/invoices/INV-2026-0042";

    private Samples() {}

    /** The event as an upstream service posts it. */
    public static String posted(String id, String recipient, long micros) {
        return posted(id, recipient, micros, "");
    }

    /** @param further members of the object, each with a comma before it */
    public static String posted(String id, String recipient, long micros, String further) {
        return "{\"id\":\"" + id + "\",\"source\":\"" + SOURCE + "\",\"recipients\":[\"" + recipient
                + "\"],\"title\":\""
                + title(micros) + "\",\"body\":\"" + body(id) + "\",\"action_url\":\"" + LINK
                + "\",\"data\":{\"amount\":1280,\"currency\":\"EUR\",\"branch\":\"vienna\"}" + further + "}";
    }

    /** The event as ingest passes it on. */
    public static RouteEvent accepted(String id, String recipient, Instant at, @Nullable Instant deliverAt) {
        return new RouteEvent(
                event(id, at, deliverAt), Targets.ofRecipients(List.of(new RecipientId(recipient))), Lane.DIRECT, null);
    }

    /** The same of a type that the catalogue has. */
    public static RouteEvent acceptedOf(NotificationType type, String id, String recipient, Instant at) {
        return new RouteEvent(
                event(id, at, null, type.name(), type.version()),
                Targets.ofRecipients(List.of(new RecipientId(recipient))),
                Lane.DIRECT,
                null);
    }

    /** What the router makes of it on {@code channel}. */
    public static Delivery delivery(Channel channel, String id, String recipient, Instant at, long offset) {
        Event event = event(id, at, null);
        RecipientId to = new RecipientId(recipient);
        NotificationId notification = NotificationId.of(event.uid(), to);
        return new Delivery(
                DeliveryId.of(notification, channel),
                channel,
                Lane.DIRECT,
                new Rev(at, offset),
                new Address(recipient + "@example.org", "Ada Example", "en", "UTC"),
                new Notification(
                        notification, event.uid(), to, null, at, null, Labels.none(), false, null, event.content()),
                List.of(),
                0,
                Attempts.none(),
                null);
    }

    /** The key of what a recipient owns. */
    public static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String title(long micros) {
        return "Invoice INV-2026-0042 was paid, " + Stamp.of(micros);
    }

    private static Event event(String id, Instant at, @Nullable Instant deliverAt) {
        return event(id, at, deliverAt, null, 0);
    }

    private static Event event(
            String id, Instant at, @Nullable Instant deliverAt, @Nullable String type, long typeVersion) {
        return new Event(
                EventUid.of(SOURCE, id),
                SOURCE,
                id,
                type,
                typeVersion,
                at,
                null,
                content(id, at),
                Labels.none(),
                null,
                false,
                false,
                null,
                deliverAt,
                null);
    }

    private static Content content(String id, Instant at) {
        return new Content(
                title(Stamp.micros(at)),
                null,
                body(id),
                LINK,
                List.of(),
                null,
                List.of(),
                Map.of("amount", 1280, "currency", "EUR", "branch", "vienna"));
    }

    private static String body(String id) {
        return BODIES[id.hashCode() & (BODIES.length - 1)];
    }

    /** Made of the same words in another order, with other numbers, from a fixed seed. */
    private static String[] bodies(int count) {
        String[] words =
                ("Northwind Traders settled the invoice over EUR by bank transfer and amount was booked on account of"
                                + " Vienna branch dunning run tonight leaves it out open items are due reminder credit note goods"
                                + " returned partial payment discount granted ledger closed month period currency gain difference")
                        .split(" ", -1);
        Random random = new Random(42);
        String[] all = new String[count];
        for (int i = 0; i < count; i++) {
            StringBuilder body = new StringBuilder("Invoice INV-2026-").append(random.nextInt(10_000));
            while (body.length() < BODY_LENGTH) {
                body.append(' ').append(words[random.nextInt(words.length)]);
            }
            all[i] =
                    body.append(' ').append(random.nextInt(100_000)).append('.').toString();
        }
        return all;
    }
}
