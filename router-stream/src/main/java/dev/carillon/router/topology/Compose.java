package dev.carillon.router.topology;

import dev.carillon.platform.rendering.MergedTitle;
import dev.carillon.platform.rendering.Reader;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes deliveries: renders what is told and adds where it goes. */
final class Compose {
    private final RenderContent content;
    private final Locale locale;

    Compose(RenderContent content, Locale locale) {
        this.content = content;
        this.locale = locale;
    }

    Delivery single(Message message, Recipient recipient, Channel channel, boolean silent) {
        return delivery(message, recipient, channel, notification(message, recipient, channel, silent), List.of(), 0);
    }

    /**
     * One delivery of several messages.
     *
     * @param messages at least one, oldest first
     * @param more how many further ones are only counted
     */
    Delivery merged(NotificationId id, List<Message> messages, int more, Recipient recipient, Channel channel) {
        List<Notification> items = messages.stream()
                .map(message -> notification(message, recipient, channel, false))
                .toList();
        Message newest = messages.getLast();
        Notification last = items.getLast();
        String title = MergedTitle.of(items.size() + more, recipient.locale(newest.event(), locale));
        Notification head = new Notification(
                id,
                last.event(),
                recipient.id(),
                null,
                last.createdAt(),
                null,
                labels(items),
                false,
                null,
                Content.of(title, null));
        List<Notification> fitting = MergedItems.fitting(items);
        return delivery(newest, recipient, channel, head, fitting, more + items.size() - fitting.size());
    }

    private Delivery delivery(
            Message message,
            Recipient recipient,
            Channel channel,
            Notification notification,
            List<Notification> items,
            int more) {
        return new Delivery(
                DeliveryId.of(notification.id(), channel),
                channel,
                message.lane(),
                new Rev(message.event().acceptedAt(), message.offset()),
                recipient.address(recipient.locale(message.event(), locale)),
                notification,
                items,
                more,
                Attempts.none(),
                message.traceparent());
    }

    private Notification notification(Message message, Recipient recipient, Channel channel, boolean silent) {
        var event = message.event();
        Reader reader = new Reader(recipient.id(), recipient.name(), recipient.locale(event, locale), channel);
        return new Notification(
                NotificationId.of(event.uid(), recipient.id()),
                event.uid(),
                recipient.id(),
                event.type(),
                event.acceptedAt(),
                event.expiresAt(),
                message.labels(),
                silent || event.silent(),
                event.actor(),
                content.render(event, message.type(), reader));
    }

    /** What all items share, and the highest priority among them. */
    private static Labels labels(List<Notification> items) {
        Labels first = items.getFirst().labels();
        boolean oneCategory = items.stream()
                .allMatch(item -> String.valueOf(item.labels().category()).equals(String.valueOf(first.category())));
        Priority highest = items.stream()
                .map(item -> item.labels().priorityOrDefault())
                .max(Comparator.naturalOrder())
                .orElse(Priority.NORMAL);
        return new Labels(
                oneCategory ? first.category() : null, first.levelOrDefault(), highest, Mode.QUEUED, null, null);
    }
}
