package dev.carillon.email.catalogue;

import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is about as a whole.
 *
 * @param type null where it tells of several types, or of none
 * @param category likewise
 */
public record About(@Nullable String type, @Nullable String category) {

    public static About of(Delivery delivery) {
        List<Notification> told = told(delivery);
        return new About(
                common(told, Notification::type),
                common(told, notification -> notification.labels().category()));
    }

    /** What it tells: one notification, or those that were merged. */
    public static List<Notification> told(Delivery delivery) {
        return delivery.merged() ? delivery.items() : List.of(delivery.notification());
    }

    private static @Nullable String common(List<Notification> all, Function<Notification, @Nullable String> of) {
        String first = of.apply(all.getFirst());
        return all.stream().allMatch(one -> Objects.equals(first, of.apply(one))) ? first : null;
    }
}
