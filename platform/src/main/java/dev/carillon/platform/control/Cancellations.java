package dev.carillon.platform.control;

import dev.carillon.schemas.Topics;
import dev.carillon.schemas.control.Control.Cancel;
import dev.carillon.schemas.control.Control.Erased;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cancelled events of the last {@linkplain Topics#CONTROLS_KEPT 30 days}, for everybody or for some recipients, and who
 * was erased meanwhile. One thread adds, all threads ask. About 150 bytes for each.
 */
public final class Cancellations {
    private final Map<EventUid, Whom> cancelled = new ConcurrentHashMap<>();
    private final Queue<Cancel> inOrder = new ArrayDeque<>();
    private final Map<UUID, Instant> erased = new ConcurrentHashMap<>();

    /** @param recipients empty where everybody is meant */
    private record Whom(Set<RecipientId> recipients, Instant at) {
        Whom and(Whom later) {
            if (recipients.isEmpty() || later.recipients.isEmpty()) {
                return new Whom(Set.of(), later.at);
            }
            Set<RecipientId> all = new HashSet<>(recipients);
            all.addAll(later.recipients);
            return new Whom(Set.copyOf(all), later.at);
        }
    }

    /** Takes one over and forgets what is too old at {@code now}. */
    public void add(Cancel cancel, Instant now) {
        Instant kept = now.minus(Topics.CONTROLS_KEPT);
        for (Cancel oldest = inOrder.peek(); oldest != null && oldest.at().isBefore(kept); oldest = inOrder.peek()) {
            inOrder.remove();
            cancelled.computeIfPresent(oldest.event(), (event, whom) -> whom.at.isBefore(kept) ? null : whom);
        }
        inOrder.add(cancel);
        cancelled.merge(cancel.event(), new Whom(Set.copyOf(cancel.recipients()), cancel.at()), Whom::and);
    }

    /** Takes somebody over who was erased, and forgets who was so too long ago. */
    void add(Erased person, Instant now) {
        erased.values().removeIf(at -> at.isBefore(now.minus(Topics.CONTROLS_KEPT)));
        erased.merge(person.person(), person.at(), (known, at) -> known.isAfter(at) ? known : at);
    }

    /** Whether what was accepted at {@code acceptedAt} was for somebody who is erased since. */
    public boolean isErased(RecipientId recipient, Instant acceptedAt) {
        if (erased.isEmpty()) {
            return false;
        }
        Instant at = erased.get(ErasedId.of(recipient));
        return at != null && !acceptedAt.isAfter(at);
    }

    /** The delivery as its recipient may still see it: whoever was erased since is named no more. */
    public Delivery visible(Delivery delivery) {
        Notification shown = delivery.notification();
        if (erased.isEmpty()) {
            return delivery;
        }
        for (RecipientId person : shown.content().named(shown.actor())) {
            if (isErased(person, shown.createdAt())) {
                shown = shown.without(person, null);
            }
        }
        return delivery.withNotification(shown);
    }

    public boolean covers(EventUid event, RecipientId recipient) {
        Whom whom = cancelled.get(event);
        return whom != null && (whom.recipients.isEmpty() || whom.recipients.contains(recipient));
    }

    /** What is left of {@code delivery}: of a merged one the items that are not cancelled; null where that is nothing. */
    public @Nullable Delivery rest(Delivery delivery) {
        if (isErased(delivery.recipient(), delivery.notification().createdAt())) {
            return null;
        }
        if (cancelled.isEmpty()) {
            return delivery;
        }
        if (!delivery.merged()) {
            return isCancelled(delivery.notification()) ? null : delivery;
        }
        List<Notification> left =
                delivery.items().stream().filter(item -> !isCancelled(item)).toList();
        if (left.size() == delivery.items().size()) {
            return delivery;
        }
        return left.isEmpty() ? null : delivery.withItems(left);
    }

    private boolean isCancelled(Notification notification) {
        return covers(notification.event(), notification.recipient());
    }
}
