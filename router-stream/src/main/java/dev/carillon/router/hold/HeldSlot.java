package dev.carillon.router.hold;

import dev.carillon.router.decision.Slot;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Items of a recipient and channel that wait together.
 *
 * @param openedAt when the first item came, or what opened the window of a batch went out
 * @param due milliseconds since the epoch at which it is released
 * @param limit it waits no longer than this
 * @param armedDue the due queue's entry for it; may be earlier than {@code due}
 * @param count items in it; none in the window of a batch that nothing has come into yet
 * @param overflow items beyond the bounds, counted but not kept
 * @param bytes size of the items
 * @param firstItem names what is released, so that a release repeated after an abort has the same id
 * @param typeVersion version of the type that opened it, 0 for none
 */
public record HeldSlot(
        Channel channel,
        Slot.Kind kind,
        String mergeKey,
        Instant openedAt,
        long due,
        Instant limit,
        long armedDue,
        int count,
        int overflow,
        long bytes,
        NotificationId firstItem,
        long typeVersion) {

    /** The id of a recipient's slot: the same channel, kind and key always give the same. */
    public static long id(Channel channel, Slot slot) {
        return DerivedIds.of(channel.code(), slot.kind().code(), slot.mergeKey())
                .getMostSignificantBits();
    }

    public long id() {
        return id(channel, new Slot(kind, mergeKey));
    }

    /** Names it for operators; what is collected in its place once it is released has another name. */
    public UUID name(RecipientId recipient) {
        return DerivedIds.of(recipient.value(), Long.toString(id()), firstItem.toString(), openedAt.toString());
    }

    HeldSlot dueAt(long millis, long armed) {
        return new HeldSlot(
                channel,
                kind,
                mergeKey,
                openedAt,
                millis,
                limit,
                armed,
                count,
                overflow,
                bytes,
                firstItem,
                typeVersion);
    }

    /** Why its items go out together; null where they do not. */
    public @Nullable DigestKind digestKind() {
        return new Slot(kind, mergeKey).digestKind();
    }

    /** Named after {@code item}, the first in it. */
    HeldSlot beginningWith(HeldItem item) {
        return new HeldSlot(
                channel,
                kind,
                mergeKey,
                openedAt,
                due,
                item.waiting().limit(),
                armedDue,
                count,
                overflow,
                bytes,
                item.notification(),
                typeVersion);
    }

    HeldSlot holding(int items, int beyond, long size) {
        return new HeldSlot(
                channel, kind, mergeKey, openedAt, due, limit, armedDue, items, beyond, size, firstItem, typeVersion);
    }
}
