package dev.carillon.router.hold;

import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Slot;
import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots and items of a partition's recipients. What is due is a slot; what is read, replaced or cancelled is an
 * item. A slot without items does not exist, but for the window of a batch, which stays open until its end.
 */
public final class Holds {
    static final int MOST_SLOTS = 200;
    static final int MOST_ITEMS = 2_000;
    static final int MOST_ITEMS_IN_SLOT = 100;
    static final long MOST_BYTES_IN_SLOT = 256L << 10;
    /** Of a full slot; what comes then is refused. */
    static final int MOST_COUNTED = 1_000;

    private final StagedStore store;
    private final DueQueue queue;
    private final Bodies bodies;

    public Holds(StagedStore store, DueQueue queue, Bodies bodies) {
        this.store = store;
        this.queue = queue;
        this.bodies = bodies;
    }

    /** Holds {@code item}, which carries its event, on {@code channel}. */
    public HoldResult hold(RecipientId recipient, Channel channel, Decision.Hold hold, HeldItem item, Instant now) {
        long id = HeldSlot.id(channel, hold.slot());
        HeldSlot slot = slot(recipient, id);
        boolean opens = slot == null;
        if (slot == null) {
            if (full(recipient)) {
                return new HoldResult.Refused();
            }
            slot = open(channel, hold, item, now);
        } else if (slot.count() == 0) {
            slot = slot.beginningWith(item);
        }
        byte[] key = HoldKeys.item(recipient, id, item.key());
        HeldItem older = item(key);
        if (older != null && HeldItem.byAge().compare(older, item) > 0) {
            return new HoldResult.Outdated();
        }
        byte[] value = Json.write(item.origin().shared() ? item.withBody(null) : item);
        HeldSlot others = older == null ? slot : without(slot, older);
        boolean fits = others.count() < MOST_ITEMS_IN_SLOT
                && others.bytes() + value.length <= MOST_BYTES_IN_SLOT
                && (opens || older != null || !holdsMost(slotValues(recipient)));
        if (!fits && (others.count() == 0 || slot.overflow() >= MOST_COUNTED)) {
            return new HoldResult.Refused();
        }
        if (older != null) {
            slot = taken(slot, older);
            store.delete(key);
        }
        if (!fits) {
            put(recipient, id, armed(recipient, id, slot, hold.until()));
            addCounted(recipient, id, List.of(new Counted(item.notification(), item.event(), item.shownAt())));
            return new HoldResult.CountedOnly(older);
        }
        Event body = item.body();
        if (item.origin().shared() && body != null) {
            bodies.refer(body);
        }
        store.put(key, value);
        HeldSlot fuller = slot.holding(slot.count() + 1, slot.overflow(), slot.bytes() + value.length);
        put(recipient, id, armed(recipient, id, fuller, hold.until()));
        return older == null ? new HoldResult.Held() : new HoldResult.HeldInstead(older);
    }

    /** Opens the window of a batch for what follows {@code first}, which went out; one that is open already stays. */
    public void open(
            RecipientId recipient, Channel channel, Decision.Opening opening, NotificationId first, Instant now) {
        Slot slot = opening.slot();
        long id = HeldSlot.id(channel, slot);
        if (slot(recipient, id) == null && !full(recipient)) {
            Instant until = opening.until();
            var empty = new HeldSlot(
                    channel,
                    slot.kind(),
                    slot.mergeKey(),
                    now,
                    millis(until),
                    until,
                    Long.MAX_VALUE,
                    0,
                    0,
                    0,
                    first,
                    0);
            put(recipient, id, armed(recipient, id, empty, until));
        }
    }

    /** Removes a slot and its items unread, whatever they are. A shared event that they refer to stays. */
    public void drop(Due.OfSlot due) {
        try (Scan scan = store.scan(HoldKeys.itemsIn(due.recipient(), due.slot()))) {
            scan.forEachRemaining(entry -> store.delete(entry.key()));
        }
        try (Scan scan = store.scan(HoldKeys.countedIn(due.recipient(), due.slot()))) {
            scan.forEachRemaining(entry -> store.delete(entry.key()));
        }
        store.delete(HoldKeys.slot(due.recipient(), due.slot()));
        queue.remove(due);
    }

    /** Counts these in a slot, where it exists; says whether it does. */
    public boolean addCounted(RecipientId recipient, long id, List<Counted> more) {
        HeldSlot slot = slot(recipient, id);
        if (slot == null) {
            return false;
        }
        for (Counted one : more) {
            UUID name = one.notification().value();
            try (Scan before = store.scan(HoldKeys.counted(recipient, id, name, null))) {
                before.forEachRemaining(entry -> store.delete(entry.key()));
            }
            store.put(
                    HoldKeys.counted(recipient, id, name, one.shownAt()),
                    one.event().toString().getBytes(StandardCharsets.UTF_8));
        }
        put(recipient, id, slot.holding(slot.count(), slot.overflow() + more.size(), slot.bytes()));
        return true;
    }

    /** Takes out what is only counted in a slot. */
    public List<Counted> takeCounted(RecipientId recipient, long id) {
        List<Counted> counted = new ArrayList<>();
        try (Scan scan = store.scan(HoldKeys.countedIn(recipient, id))) {
            scan.forEachRemaining(entry -> {
                counted.add(counted(recipient, entry));
                store.delete(entry.key());
            });
        }
        return counted;
    }

    /** Removes what is only counted for {@code recipient} and {@code gone} names; the rest of its slots waits on. */
    public List<CountedOut> removeCountedIf(RecipientId recipient, Predicate<CountedOut> gone) {
        List<CountedOut> removed = new ArrayList<>();
        for (HeldSlot slot : slots(recipient)) {
            int before = removed.size();
            if (slot.overflow() > 0) {
                try (Scan scan = store.scan(HoldKeys.countedIn(recipient, slot.id()))) {
                    scan.forEachRemaining(entry -> {
                        var one = new CountedOut(slot.channel(), counted(recipient, entry));
                        if (gone.test(one)) {
                            store.delete(entry.key());
                            removed.add(one);
                        }
                    });
                }
            }
            int out = removed.size() - before;
            if (out > 0) {
                put(recipient, slot.id(), slot.holding(slot.count(), Math.max(0, slot.overflow() - out), slot.bytes()));
            }
        }
        return removed;
    }

    private static Counted counted(RecipientId recipient, Scan.Entry entry) {
        EventUid event = EventUid.parse(new String(entry.value(), StandardCharsets.UTF_8));
        return new Counted(NotificationId.of(event, recipient), event, HoldKeys.shownAt(entry.key(), recipient));
    }

    public @Nullable HeldSlot slot(RecipientId recipient, long id) {
        byte[] value = store.get(HoldKeys.slot(recipient, id));
        return value == null ? null : Json.read(value, HeldSlot.class);
    }

    /** The slots of {@code recipient}. */
    public List<HeldSlot> slots(RecipientId recipient) {
        return slotValues(recipient).stream()
                .map(value -> Json.read(value, HeldSlot.class))
                .toList();
    }

    /** The oldest items of a slot, at most {@code most}, each with its event. */
    public List<HeldItem> oldest(RecipientId recipient, HeldSlot slot, int most) {
        List<HeldItem> items = new ArrayList<>();
        try (Scan scan = store.scan(HoldKeys.itemsIn(recipient, slot.id()))) {
            scan.forEachRemaining(entry -> items.add(Json.read(entry.value(), HeldItem.class)));
        }
        return items.stream()
                .sorted(HeldItem.byAge())
                .limit(most)
                .map(item -> item.body() == null ? item.withBody(bodies.find(item.event())) : item)
                .toList();
    }

    /** Takes a slot out with all its items, oldest first, each with its event. */
    public List<HeldItem> takeOut(RecipientId recipient, HeldSlot slot) {
        List<HeldItem> items = new ArrayList<>();
        try (Scan scan = store.scan(HoldKeys.itemsIn(recipient, slot.id()))) {
            scan.forEachRemaining(entry -> {
                HeldItem item = Json.read(entry.value(), HeldItem.class);
                items.add(item.body() == null ? item.withBody(bodies.find(item.event())) : item);
                if (item.body() == null) {
                    bodies.release(item.event());
                }
                store.delete(entry.key());
            });
        }
        remove(recipient, slot);
        items.sort(HeldItem.byAge());
        return items;
    }

    /** Puts the due queue's entry for a slot where it is due now; nothing else changes. */
    public void rearm(RecipientId recipient, HeldSlot slot) {
        queue.remove(new Due.OfSlot(slot.armedDue(), recipient, slot.id()));
        var due = queue.add(new Due.OfSlot(slot.due(), recipient, slot.id()));
        put(recipient, slot.id(), slot.dueAt(slot.due(), due.millis()));
    }

    /** Removes the items of {@code recipient} that {@code gone} names, and what was counted with the last of a slot. */
    public Removal removeIf(RecipientId recipient, Predicate<Removed> gone) {
        List<Removed> removed = new ArrayList<>();
        List<CountedOut> counted = new ArrayList<>();
        try (Scan scan = store.scan(HoldKeys.itemsOf(recipient))) {
            while (scan.hasNext()) {
                Scan.Entry entry = scan.next();
                HeldItem item = Json.read(entry.value(), HeldItem.class);
                HeldSlot slot = slot(recipient, HoldKeys.slotOfItem(entry.key()));
                Removed candidate = slot == null ? null : new Removed(slot.channel(), slot.id(), item);
                if (slot != null && candidate != null && gone.test(candidate)) {
                    store.delete(entry.key());
                    HeldSlot rest = taken(slot, item);
                    putRest(recipient, rest);
                    removed.add(candidate);
                    if (rest.count() == 0) {
                        takeCounted(recipient, slot.id())
                                .forEach(one -> counted.add(new CountedOut(slot.channel(), one)));
                    }
                }
            }
        }
        return new Removal(removed, counted);
    }

    private void putRest(RecipientId recipient, HeldSlot rest) {
        if (rest.count() > 0) {
            put(recipient, rest.id(), rest);
        } else if (rest.kind() == Slot.Kind.BATCH) {
            put(recipient, rest.id(), rest.holding(0, 0, 0));
        } else {
            remove(recipient, rest);
        }
    }

    /** Removes all slots of {@code recipient}, also those in which nothing waits yet, with all that waits in them. */
    public Removal removeAll(RecipientId recipient) {
        List<Removed> removed = new ArrayList<>();
        List<CountedOut> counted = new ArrayList<>();
        for (HeldSlot slot : slots(recipient)) {
            takeCounted(recipient, slot.id()).forEach(one -> counted.add(new CountedOut(slot.channel(), one)));
            takeOut(recipient, slot).forEach(item -> removed.add(new Removed(slot.channel(), slot.id(), item)));
        }
        return new Removal(removed, counted);
    }

    /** Keeps an item in another form, under its key. */
    void rewrite(RecipientId recipient, byte[] key, HeldItem before, HeldItem after) {
        HeldSlot slot = slot(recipient, HoldKeys.slotOfItem(key));
        if (slot == null) {
            return;
        }
        byte[] value = Json.write(after);
        store.put(key, value);
        resize(recipient, slot.id(), value.length - Json.write(before).length);
    }

    /** Counts that the items of a slot have become larger. */
    void resize(RecipientId recipient, long id, long more) {
        HeldSlot slot = slot(recipient, id);
        if (slot != null) {
            put(recipient, id, slot.holding(slot.count(), slot.overflow(), slot.bytes() + more));
        }
    }

    /** Makes the slots of {@code recipient} that {@code which} names due at {@code now}: they are decided again. */
    public void wake(RecipientId recipient, Predicate<HeldSlot> which, Instant now) {
        for (HeldSlot slot : slots(recipient)) {
            if (which.test(slot) && slot.due() > now.toEpochMilli()) {
                queue.remove(new Due.OfSlot(slot.armedDue(), recipient, slot.id()));
                var due = queue.add(new Due.OfSlot(now.toEpochMilli(), recipient, slot.id()));
                put(recipient, slot.id(), slot.dueAt(due.millis(), due.millis()));
            }
        }
    }

    /** An item and the channel that it waited for. */
    public record Removed(Channel channel, long slot, HeldItem item) {}

    /**
     * A notification that waits in a full slot and is only counted there.
     *
     * @param shownAt as that of a {@link HeldItem}
     */
    public record Counted(
            NotificationId notification,
            EventUid event,
            @Nullable Instant shownAt) {}

    /** One that was counted in a slot and is there no longer, and the channel that it waited for. */
    public record CountedOut(Channel channel, Counted counted) {}

    /** What a removal took out. */
    public record Removal(List<Removed> items, List<CountedOut> counted) {}

    private static HeldSlot open(Channel channel, Decision.Hold hold, HeldItem item, Instant now) {
        Slot slot = hold.slot();
        long due = millis(hold.until());
        long version = item.body() == null ? 0 : item.body().typeVersion();
        // Not armed yet: every due time is earlier.
        return new HeldSlot(
                channel,
                slot.kind(),
                slot.mergeKey(),
                now,
                due,
                item.waiting().limit(),
                Long.MAX_VALUE,
                0,
                0,
                0,
                item.notification(),
                version);
    }

    /**
     * The slot with the due queue's entry for it, added where it is new or must fire earlier. The window of a batch ends
     * when the latest item says, which knew the window: the queue's entry stays where it is and moves on when it fires.
     */
    private HeldSlot armed(RecipientId recipient, long id, HeldSlot slot, Instant until) {
        boolean slides = slot.kind() == Slot.Kind.BATCH;
        long due = slides ? millis(until) : Math.min(slot.due(), millis(until));
        if (due >= slot.armedDue()) {
            return slot.dueAt(due, slot.armedDue());
        }
        if (slot.armedDue() != Long.MAX_VALUE) {
            queue.remove(new Due.OfSlot(slot.armedDue(), recipient, id));
        }
        var added = queue.add(new Due.OfSlot(due, recipient, id));
        return slot.dueAt(added.millis(), added.millis());
    }

    /** Rounded up: at its due time the wait is over. */
    private static long millis(Instant until) {
        return until.plusNanos(999_999).toEpochMilli();
    }

    /** Whether there is no room for a slot more. */
    private boolean full(RecipientId recipient) {
        List<byte[]> waiting = slotValues(recipient);
        return waiting.size() >= MOST_SLOTS || holdsMost(waiting);
    }

    /** Whether there is no room for an item more. Fewer slots than could hold so many are not read. */
    private static boolean holdsMost(List<byte[]> waiting) {
        return waiting.size() >= MOST_ITEMS / MOST_ITEMS_IN_SLOT
                && waiting.stream()
                                .mapToInt(value ->
                                        Json.read(value, HeldSlot.class).count())
                                .sum()
                        >= MOST_ITEMS;
    }

    private List<byte[]> slotValues(RecipientId recipient) {
        List<byte[]> values = new ArrayList<>();
        try (Scan scan = store.scan(HoldKeys.slotsOf(recipient))) {
            scan.forEachRemaining(entry -> values.add(entry.value()));
        }
        return values;
    }

    /** The slot's counts without {@code item}, whose reference to a shared body is given up. */
    private HeldSlot taken(HeldSlot slot, HeldItem item) {
        if (item.body() == null) {
            bodies.release(item.event());
        }
        return without(slot, item);
    }

    private static HeldSlot without(HeldSlot slot, HeldItem item) {
        return slot.holding(slot.count() - 1, slot.overflow(), slot.bytes() - Json.write(item).length);
    }

    private void remove(RecipientId recipient, HeldSlot slot) {
        store.delete(HoldKeys.slot(recipient, slot.id()));
        queue.remove(new Due.OfSlot(slot.armedDue(), recipient, slot.id()));
    }

    private void put(RecipientId recipient, long id, HeldSlot slot) {
        store.put(HoldKeys.slot(recipient, id), Json.write(slot));
    }

    private @Nullable HeldItem item(byte[] key) {
        byte[] value = store.get(key);
        return value == null ? null : Json.read(value, HeldItem.class);
    }
}
