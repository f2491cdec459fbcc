package dev.carillon.inapp.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of an item that is only shown: nothing selects or sorts by it.
 *
 * @param silent shown without toast and sound
 * @param items what was merged into it, oldest first; empty for a single notification
 * @param more how many further items did not fit
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FeedExtra(
        @Nullable Actor actor,
        List<Subject> subjects,
        Map<String, Object> data,
        List<Action> actions,
        @Nullable String image,
        boolean silent,
        List<Merged> items,
        int more) {

    FeedExtra {
        subjects = subjects == null ? List.of() : List.copyOf(subjects);
        data = data == null ? Map.of() : data;
        actions = actions == null ? List.of() : List.copyOf(actions);
        items = items == null ? List.of() : List.copyOf(items);
    }

    /** One notification of a merged one. */
    record Merged(
            UUID id,
            @Nullable String title,
            @Nullable String body,
            @Nullable String actionUrl,
            Instant createdAt) {

        static Merged of(Notification notification) {
            return new Merged(
                    notification.id().value(),
                    notification.content().title(),
                    notification.content().body(),
                    notification.content().actionUrl(),
                    notification.createdAt());
        }
    }

    static FeedExtra of(Delivery delivery) {
        Notification notification = delivery.notification();
        return new FeedExtra(
                notification.actor(),
                notification.content().subjects(),
                notification.content().data(),
                notification.content().actions(),
                notification.content().image(),
                notification.silent(),
                delivery.items().stream().map(Merged::of).toList(),
                delivery.more());
    }
}
