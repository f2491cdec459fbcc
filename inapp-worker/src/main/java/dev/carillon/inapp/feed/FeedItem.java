package dev.carillon.inapp.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification as clients get it, from the list and from the live stream alike. Every field is always there.
 *
 * @param rev orders the versions of an item: a client ignores a lower one
 * @param threadCount in a list that shows a thread as one entry: how many it has; otherwise null
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FeedItem(
        UUID id,
        Rev rev,
        @Nullable String type,
        @Nullable String category,
        String level,
        String priority,
        String mode,
        @Nullable String title,
        @Nullable String body,
        @Nullable String actionUrl,
        @Nullable String group,
        @Nullable String thread,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @JsonUnwrapped FeedExtra extra,
        @JsonUnwrapped ReaderState state,
        @Nullable Integer threadCount) {

    /** What {@code delivery} brings: new, and touched by nobody. */
    static FeedItem of(Delivery delivery) {
        Notification notification = delivery.notification();
        Labels labels = notification.labels();
        return new FeedItem(
                notification.id().value(),
                new Rev(stored(delivery.rev().acceptedAt()), delivery.rev().offset()),
                notification.type(),
                labels.category(),
                code(labels.levelOrDefault()),
                code(labels.priorityOrDefault()),
                code(labels.mode()),
                notification.content().title(),
                notification.content().body(),
                notification.content().actionUrl(),
                labels.group(),
                labels.thread(),
                stored(notification.createdAt()),
                notification.expiresAt(),
                FeedExtra.of(delivery),
                ReaderState.untouched(),
                null);
    }

    FeedItem inThreadOf(int count) {
        return new FeedItem(
                id, rev, type, category, level, priority, mode, title, body, actionUrl, group, thread, createdAt,
                expiresAt, extra, state, count);
    }

    /** Where it stands in the list. */
    Instant shownAt() {
        return state.wokenAt() == null ? createdAt : state.wokenAt();
    }

    /** As precise as the database keeps it, so that list and stream agree. */
    private static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
