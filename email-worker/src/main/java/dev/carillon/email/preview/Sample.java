package dev.carillon.email.preview;

import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.rendering.Reader;
import dev.carillon.platform.rendering.RenderContent;
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
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is tried with.
 *
 * @param type of the catalogue; null for words of one's own
 * @param title the event's own, which a template of the type goes before
 * @param body likewise
 * @param actionUrl likewise
 * @param data what the type's templates read
 * @param locale BCP 47 tag of the reader
 * @param name of the reader
 * @param merged how many notifications the mail tells; more than 1 makes a digest, at most 50
 */
record Sample(
        @Nullable String type,
        @Nullable String title,
        @Nullable String body,
        @Nullable String actionUrl,
        @Nullable Map<String, Object> data,
        @Nullable String locale,
        @Nullable String name,
        @Nullable Integer merged) {
    private static final int MOST_MERGED = 50;
    private static final RecipientId READER = new RecipientId("preview");
    private static final String SOURCE = "preview";

    Sample {
        merged = merged == null ? 1 : merged;
        if (merged < 0 || merged > MOST_MERGED) {
            throw ProblemException.invalid(List.of(new FieldError("merged", "range", "must be 0 to " + MOST_MERGED)));
        }
    }

    /** A delivery that never was: its ids are made up anew each time. */
    Delivery delivery(@Nullable NotificationType known, @Nullable String email, RenderContent render, Instant now) {
        Notification one = notification(known, render, now);
        int count = merged == null ? 1 : merged;
        List<Notification> items = count > 1
                ? IntStream.range(0, count)
                        .mapToObj(i -> notification(known, render, now))
                        .toList()
                : List.of();
        Notification head = count > 1 ? withContent(one, Content.of(null, null)) : one;
        return new Delivery(
                DeliveryId.of(head.id(), Channel.EMAIL),
                Channel.EMAIL,
                Lane.DIRECT,
                new Rev(now, 0),
                new Address(email, name, locale, null),
                head,
                items,
                0,
                Attempts.none(),
                null,
                null);
    }

    private Notification notification(@Nullable NotificationType known, RenderContent render, Instant now) {
        String id = UUID.randomUUID().toString();
        EventUid uid = EventUid.of(SOURCE, id);
        Labels labels = new Labels(
                known == null ? null : known.category(),
                known == null ? null : known.level(),
                known == null ? null : known.priority(),
                Mode.QUEUED,
                null,
                null);
        Content own =
                new Content(title, null, body, actionUrl, List.of(), null, List.of(), data == null ? Map.of() : data);
        Event event = new Event(
                uid, SOURCE, id, type, 0, now, now, own, labels, null, false, false, locale, null, null, null);
        Locale language = locale == null ? Locale.ENGLISH : Locale.forLanguageTag(locale);
        Content content = render.render(event, known, new Reader(READER, name, language, Channel.EMAIL))
                .content();
        return new Notification(
                NotificationId.of(uid, READER), uid, READER, type, now, null, labels, false, null, content);
    }

    private static Notification withContent(Notification one, Content content) {
        return new Notification(
                one.id(),
                one.event(),
                one.recipient(),
                one.type(),
                one.createdAt(),
                null,
                one.labels(),
                false,
                null,
                content);
    }
}
