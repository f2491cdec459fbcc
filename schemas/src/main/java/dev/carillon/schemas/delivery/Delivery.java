package dev.carillon.schemas.delivery;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One notification on one channel, on its way from the router to a worker. Keyed by the recipient.
 *
 * @param notification what is told. Of a merged delivery: its head, with the count in its title
 * @param items what was merged, oldest first, without their {@code data}; empty for a single notification
 * @param more how many further items did not fit into {@code items}
 * @param digest why it waited to go out with others, also where it is the only one left; null where it did not
 * @param followed whether a later step waits to hear how it ends
 */
public record Delivery(
        DeliveryId id,
        Channel channel,
        Lane lane,
        Rev rev,
        Address address,
        Notification notification,
        @JsonInclude(Include.NON_EMPTY) List<Notification> items,
        int more,
        Attempts attempts,
        @Nullable String traceparent,
        @Nullable DigestKind digest,
        @JsonInclude(Include.NON_DEFAULT) boolean followed) {

    public Delivery {
        requireNonNull(id, "id is missing");
        requireNonNull(channel, "channel is missing");
        requireNonNull(rev, "rev is missing");
        requireNonNull(rev.acceptedAt(), "rev.accepted_at is missing");
        requireNonNull(notification, "notification is missing");
        lane = lane == null ? Lane.DIRECT : lane;
        items = items == null ? List.of() : List.copyOf(items);
        attempts = attempts == null ? Attempts.none() : attempts;
        address = address == null ? Address.unknown() : address;
    }

    /** One that did not wait to go out with others, and that no step follows. */
    public Delivery(
            DeliveryId id,
            Channel channel,
            Lane lane,
            Rev rev,
            Address address,
            Notification notification,
            List<Notification> items,
            int more,
            Attempts attempts,
            @Nullable String traceparent) {
        this(id, channel, lane, rev, address, notification, items, more, attempts, traceparent, null, false);
    }

    /** One that no step follows. */
    public Delivery(
            DeliveryId id,
            Channel channel,
            Lane lane,
            Rev rev,
            Address address,
            Notification notification,
            List<Notification> items,
            int more,
            Attempts attempts,
            @Nullable String traceparent,
            @Nullable DigestKind digest) {
        this(id, channel, lane, rev, address, notification, items, more, attempts, traceparent, digest, false);
    }

    public RecipientId recipient() {
        return notification.recipient();
    }

    public boolean merged() {
        return !items.isEmpty();
    }

    /** The same with only these of its items. */
    public Delivery withItems(List<Notification> some) {
        return new Delivery(
                id, channel, lane, rev, address, notification, some, more, attempts, traceparent, digest, followed);
    }

    /** The same delivery with another notification in the place of its own. */
    public Delivery withNotification(Notification other) {
        return new Delivery(
                id, channel, lane, rev, address, other, items, more, attempts, traceparent, digest, followed);
    }

    /** The same delivery after another attempt. */
    public Delivery withAttempts(Attempts next) {
        return new Delivery(
                id, channel, lane, rev, address, notification, items, more, next, traceparent, digest, followed);
    }

    /** The same delivery to where she is reached now. */
    public Delivery withAddress(Address next) {
        return new Delivery(
                id, channel, lane, rev, next, notification, items, more, attempts, traceparent, digest, followed);
    }

    /** The same delivery, with a step behind it. */
    public Delivery asFollowed() {
        return new Delivery(
                id, channel, lane, rev, address, notification, items, more, attempts, traceparent, digest, true);
    }

    /** Every notification that it tells, but for those that are only counted. */
    public List<NotificationId> told() {
        return merged() ? items.stream().map(Notification::id).toList() : List.of(notification.id());
    }
}
