package dev.carillon.schemas.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a recipient on one channel and is released together.
 *
 * @param id stays the same until it is released; what is collected anew after that has another
 * @param together what its notifications are collected for: {@code single}, {@code quiet}, {@code batch} or {@code digest}
 * @param until when it is released
 * @param count notifications in it
 * @param countedOnly of {@code count}, those that are only told as "and N more"
 * @param items the oldest ones, at most {@link #MOST_ITEMS}
 */
public record OpenHold(
        UUID id,
        Channel channel,
        String together,
        Reason reason,
        Instant openedAt,
        Instant until,
        int count,
        int countedOnly,
        @JsonInclude(Include.NON_EMPTY) List<Item> items) {
    /** So many of every hold that a recipient may have fit into one record. */
    public static final int MOST_ITEMS = 10;

    public OpenHold {
        items = items == null ? List.of() : List.copyOf(items);
    }

    /**
     * A notification that waits.
     *
     * @param type null where the event has none
     */
    public record Item(
            NotificationId notification,
            EventUid event,
            @Nullable String type,
            Instant acceptedAt,
            Reason reason) {}

    OpenHold withoutItems() {
        return new OpenHold(id, channel, together, reason, openedAt, until, count, countedOnly, List.of());
    }
}
