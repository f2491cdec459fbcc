package dev.carillon.router.topology;

import dev.carillon.platform.rendering.Reader;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.platform.rendering.Rendered;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.type.NotificationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes deliveries: renders what is told and adds where it goes. */
final class Compose {
    private final RenderContent content;
    private final Locale locale;

    Compose(RenderContent content, Locale locale) {
        this.content = content;
        this.locale = locale;
    }

    /** @param digest why it waited to go out with others; null where it did not */
    Composed single(
            Message message, Recipient recipient, Channel channel, boolean silent, @Nullable DigestKind digest) {
        Rendered rendered = render(message, recipient, channel);
        Notification notification = notification(message, recipient, silent, rendered.content());
        return new Composed(
                delivery(message, recipient, channel, notification, new Items(List.of(), 0, digest, message.lane())),
                rendered.warnings());
    }

    /**
     * What is told together.
     *
     * @param messages at least one, oldest first
     * @param more how many further ones are only counted
     * @param lane the one that waits least among all of them: what came directly never queues behind bulk
     * @param silent whether none of them would come with toast and sound
     */
    record Told(List<Message> messages, int more, Lane lane, boolean silent) {
        Message newest() {
            return messages.getLast();
        }

        /** The newest, by whose trace the delivery goes, as a part of the one that {@code context} stands for. */
        Told traced(@Nullable String context) {
            List<Message> traced = new ArrayList<>(messages);
            traced.set(messages.size() - 1, newest().traced(context));
            return new Told(traced, more, lane, silent);
        }
    }

    /** One delivery of several messages. */
    Composed merged(NotificationId id, Told told, @Nullable DigestKind digest, Recipient recipient, Channel channel) {
        List<Notification> items = told.messages.stream()
                .map(message -> notification(
                        message,
                        recipient,
                        told.silent,
                        render(message, recipient, channel).content()))
                .toList();
        Message newest = told.newest();
        Notification last = items.getLast();
        NotificationType type = commonType(told.messages);
        Rendered rendered = content.renderMerged(items, told.more, type, reader(newest, recipient, channel));
        Notification head = new Notification(
                id,
                last.event(),
                recipient.id(),
                type == null ? null : type.name(),
                last.createdAt(),
                told.more == 0 ? expiry(items) : null,
                labels(items, told.more == 0),
                told.silent,
                null,
                rendered.content());
        List<Notification> fitting = MergedItems.fitting(items);
        int more = told.more + items.size() - fitting.size();
        return new Composed(
                delivery(newest, recipient, channel, head, new Items(fitting, more, digest, told.lane)),
                rendered.warnings());
    }

    /** The type of all of them; null where they have several or none. */
    private static @Nullable NotificationType commonType(List<Message> messages) {
        NotificationType type = messages.getLast().type();
        return type != null
                        && messages.stream()
                                .allMatch(message ->
                                        type.name().equals(message.event().type()))
                ? type
                : null;
    }

    /** What a delivery carries beside its notification. */
    private record Items(
            List<Notification> items, int more, @Nullable DigestKind digest, Lane lane) {}

    private Delivery delivery(
            Message message, Recipient recipient, Channel channel, Notification notification, Items with) {
        return new Delivery(
                DeliveryId.of(notification.id(), channel),
                channel,
                with.lane,
                new Rev(message.event().acceptedAt(), message.offset()),
                recipient.address(recipient.locale(message.event(), locale)),
                notification,
                with.items,
                with.more,
                Attempts.none(),
                message.traceparent(),
                with.digest);
    }

    private Rendered render(Message message, Recipient recipient, Channel channel) {
        var event = message.event();
        return content.render(event, message.type(), reader(message, recipient, channel));
    }

    private Reader reader(Message message, Recipient recipient, Channel channel) {
        return new Reader(recipient.id(), recipient.name(), recipient.locale(message.event(), locale), channel);
    }

    private static Notification notification(Message message, Recipient recipient, boolean silent, Content shown) {
        var event = message.event();
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
                shown);
    }

    /** When the last of {@code items} expires; null where one never does. */
    private static @Nullable Instant expiry(List<Notification> items) {
        Instant last = Instant.MIN;
        for (Notification item : items) {
            Instant one = item.expiresAt();
            if (one == null) {
                return null;
            }
            last = one.isAfter(last) ? one : last;
        }
        return last;
    }

    /**
     * What all items share, and the highest priority among them.
     *
     * @param whole whether these are all: of what is only counted nobody knows the thread, and it must be stored
     */
    private static Labels labels(List<Notification> items, boolean whole) {
        Labels first = items.getFirst().labels();
        String category = common(items, Labels::category);
        String thread = whole ? common(items, Labels::thread) : null;
        Mode mode = whole ? common(items, Labels::mode) : null;
        Priority highest = items.stream()
                .map(item -> item.labels().priorityOrDefault())
                .max(Comparator.naturalOrder())
                .orElse(Priority.NORMAL);
        return new Labels(category, first.levelOrDefault(), highest, mode == null ? Mode.QUEUED : mode, null, thread);
    }

    private static <T> @Nullable T common(List<Notification> items, Function<Labels, @Nullable T> label) {
        T first = label.apply(items.getFirst().labels());
        boolean shared = items.stream().allMatch(item -> Objects.equals(label.apply(item.labels()), first));
        return shared ? first : null;
    }
}
