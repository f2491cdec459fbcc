package dev.carillon.inapp.feed;

import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is left of deliveries without what is about subjects that are gone. One of several subjects is enough. A merged
 * delivery is left with its other items, and its title as it was made, as where an event was cancelled.
 *
 * @param dismissed what is left out; the same whenever it is told
 */
record Rest(List<Delivery> deliveries, List<Activity.Dismissed> dismissed) {

    static Rest all(List<Delivery> deliveries) {
        return new Rest(deliveries, List.of());
    }

    /** @param gone subjects, each with the time up to which what was accepted is about it as it was */
    static Rest of(List<Delivery> deliveries, Map<SubjectKey, Instant> gone) {
        if (gone.isEmpty()) {
            return all(deliveries);
        }
        List<Delivery> left = new ArrayList<>(deliveries.size());
        List<Activity.Dismissed> dismissed = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Activity.Dismissed out = leftOut(delivery, gone);
            if (out == null) {
                left.add(delivery);
            } else {
                dismissed.add(out);
                left.addAll(without(delivery, out.notifications()));
            }
        }
        return new Rest(left, dismissed);
    }

    /** What of {@code delivery} is left out; null where nothing is. */
    private static Activity.@Nullable Dismissed leftOut(Delivery delivery, Map<SubjectKey, Instant> gone) {
        List<NotificationId> out = new ArrayList<>();
        Instant latest = Instant.MIN;
        for (Notification told : told(delivery)) {
            Instant at = goneAt(told, gone);
            if (at != null) {
                out.add(told.id());
                latest = at.isAfter(latest) ? at : latest;
            }
        }
        return out.isEmpty() ? null : new Activity.Dismissed(delivery.recipient(), out, latest);
    }

    /** A delivery of the items that are left; none where that is nothing. */
    private static List<Delivery> without(Delivery delivery, List<NotificationId> out) {
        List<Notification> items = delivery.items().stream()
                .filter(item -> !out.contains(item.id()))
                .toList();
        return items.isEmpty() ? List.of() : List.of(delivery.withItems(items));
    }

    /** When the first of those was accepted that are about anything; null where none is. */
    static @Nullable Instant oldest(List<Delivery> deliveries) {
        Instant oldest = null;
        for (Delivery delivery : deliveries) {
            for (Notification told : told(delivery)) {
                boolean isOlder = oldest == null || told.createdAt().isBefore(oldest);
                if (isOlder && !told.content().subjects().isEmpty()) {
                    oldest = told.createdAt();
                }
            }
        }
        return oldest;
    }

    /** What {@code deliveries} are about. */
    static Set<SubjectKey> subjects(List<Delivery> deliveries) {
        Set<SubjectKey> subjects = new HashSet<>();
        for (Delivery delivery : deliveries) {
            for (Notification told : told(delivery)) {
                told.content().subjects().stream()
                        .map(SubjectKey::of)
                        .filter(Objects::nonNull)
                        .forEach(subjects::add);
            }
        }
        return subjects;
    }

    private static List<Notification> told(Delivery delivery) {
        return delivery.merged() ? delivery.items() : List.of(delivery.notification());
    }

    /** When what it is about went, after it was accepted; null where that is not so. */
    private static @Nullable Instant goneAt(Notification told, Map<SubjectKey, Instant> gone) {
        Instant accepted = told.createdAt().truncatedTo(ChronoUnit.MICROS);
        Instant latest = null;
        for (Subject subject : told.content().subjects()) {
            SubjectKey key = SubjectKey.of(subject);
            Instant at = key == null ? null : gone.get(key);
            if (at != null && !accepted.isAfter(at) && (latest == null || at.isAfter(latest))) {
                latest = at;
            }
        }
        return latest;
    }
}
