package dev.carillon.router.hold;

import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells what waits of a notification that it went out on another channel meanwhile: reading it there ends the wait, and so
 * does what a worker says of what it was told with. What a full slot only counts does not learn of it.
 */
public final class ToldElsewhere {
    private final StagedStore store;
    private final Holds holds;

    public ToldElsewhere(StagedStore store, Holds holds) {
        this.store = store;
        this.holds = holds;
    }

    /** Notes that {@code item} went out by itself, which matters only in the feed. */
    public void alone(RecipientId recipient, Channel channel, HeldItem item, Instant now) {
        if (channel == Channel.INAPP) {
            note(recipient, channel, places(List.of(item)), Set.of(), null, now);
        }
    }

    /** Notes that these went out as {@code as}. */
    public void merged(
            RecipientId recipient,
            Channel channel,
            List<HeldItem> items,
            List<Holds.Counted> counted,
            NotificationId as,
            Instant now) {
        Set<NotificationId> others =
                counted.stream().map(Holds.Counted::notification).collect(Collectors.toSet());
        note(recipient, channel, places(items), others, as, now);
    }

    /** Where to look for these: nowhere for what waited on no other channel. */
    private static Map<UUID, NotificationId> places(List<HeldItem> items) {
        Map<UUID, NotificationId> places = new HashMap<>();
        items.stream().filter(HeldItem::beside).forEach(item -> places.put(item.key(), item.notification()));
        return places;
    }

    /** @param others whose places are not known: what is only counted does not say of which group it is */
    private void note(
            RecipientId recipient,
            Channel channel,
            Map<UUID, NotificationId> places,
            Set<NotificationId> others,
            @Nullable NotificationId as,
            Instant now) {
        if (places.isEmpty() && others.isEmpty()) {
            return;
        }
        Map<Long, Long> larger = new HashMap<>();
        try (Scan scan = store.scan(HoldKeys.itemsOf(recipient))) {
            scan.forEachRemaining(entry -> {
                NotificationId told = places.get(HoldKeys.placeOfItem(entry.key()));
                HeldItem item = told == null && others.isEmpty() ? null : Json.read(entry.value(), HeldItem.class);
                if (item != null && (item.notification().equals(told) || others.contains(item.notification()))) {
                    byte[] value = Json.write(item.told(channel, as, now));
                    store.put(entry.key(), value);
                    long more = (long) value.length - entry.value().length;
                    larger.merge(HoldKeys.slotOfItem(entry.key()), more, Long::sum);
                }
            });
        }
        larger.forEach((slot, more) -> holds.resize(recipient, slot, more));
    }
}
