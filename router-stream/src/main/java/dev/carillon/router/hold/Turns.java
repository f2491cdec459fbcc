package dev.carillon.router.hold;

import dev.carillon.router.decision.Gate;
import dev.carillon.router.decision.Slot;
import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What waits for the turn of its channel: single items that are moved when another channel gets on. */
public final class Turns {
    private final StagedStore store;
    private final DueQueue queue;
    private final Holds holds;

    public Turns(StagedStore store, DueQueue queue, Holds holds) {
        this.store = store;
        this.queue = queue;
        this.holds = holds;
    }

    /** What waits of {@code notification} for the turn of {@code channel}; null where nothing does. */
    public @Nullable HeldItem find(RecipientId recipient, Channel channel, NotificationId notification) {
        try (Scan scan = store.scan(HoldKeys.itemsIn(recipient, slotId(channel, notification)))) {
            HeldItem item = scan.hasNext() ? Json.read(scan.next().value(), HeldItem.class) : null;
            return item != null && isTurn(item) ? item : null;
        }
    }

    /** Of which notifications something waits for its turn behind {@code channel}. */
    public Set<NotificationId> behind(RecipientId recipient, Channel channel) {
        return behind(recipient, channel, item -> true);
    }

    /** As {@link #behind(RecipientId, Channel)}, of what went out there as one of {@code merged}. */
    public Set<NotificationId> toldAs(RecipientId recipient, Channel channel, Collection<NotificationId> merged) {
        return behind(recipient, channel, item -> {
            NotificationId as = item.toldAs().get(channel);
            return as != null && merged.contains(as);
        });
    }

    private Set<NotificationId> behind(RecipientId recipient, Channel channel, Predicate<HeldItem> which) {
        Set<NotificationId> waiting = new LinkedHashSet<>();
        try (Scan scan = store.scan(HoldKeys.itemsOf(recipient))) {
            scan.forEachRemaining(entry -> {
                HeldItem item = Json.read(entry.value(), HeldItem.class);
                if (isTurn(item) && item.waiting().behind() == channel && which.test(item)) {
                    waiting.add(item.notification());
                }
            });
        }
        return waiting;
    }

    /** Whether an item waits for nothing but its turn. */
    public static boolean isTurn(HeldItem item) {
        return item.waiting().gate() == Gate.STEP || item.waiting().gate() == Gate.FALLBACK;
    }

    /**
     * Lets {@code item} wait until {@code until} instead.
     *
     * @param behind the channel of the earlier step that it follows now; null for none
     */
    public HeldItem move(
            RecipientId recipient, Channel channel, HeldItem item, Gate gate, Instant until, @Nullable Channel behind) {
        long id = slotId(channel, item.notification());
        HeldSlot slot = holds.slot(recipient, id);
        if (slot == null) {
            throw new IllegalStateException("an item without a slot: " + item.notification());
        }
        HeldItem moved = item.waiting(item.waiting().turn(gate, until, behind));
        byte[] value = Json.write(moved);
        store.put(HoldKeys.item(recipient, id, item.key()), value);
        // Later than the queue's entry for it is looked at again when that has come.
        long due = until.plusNanos(999_999).toEpochMilli();
        long armed = slot.armedDue();
        if (due < armed) {
            queue.remove(new Due.OfSlot(armed, recipient, id));
            armed = queue.add(new Due.OfSlot(due, recipient, id)).millis();
            due = armed;
        }
        HeldSlot resized = slot.holding(slot.count(), slot.overflow(), value.length);
        store.put(HoldKeys.slot(recipient, id), Json.write(resized.dueAt(due, armed)));
        return moved;
    }

    /** Takes it out, with its reference to a shared event. */
    public void remove(RecipientId recipient, Channel channel, NotificationId notification) {
        HeldSlot slot = holds.slot(recipient, slotId(channel, notification));
        if (slot != null) {
            holds.takeOut(recipient, slot);
        }
    }

    private static long slotId(Channel channel, NotificationId notification) {
        return HeldSlot.id(channel, Slot.single(notification));
    }
}
