package dev.carillon.inapp.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the reader has done to an item.
 *
 * @param snoozedUntil when it comes back
 * @param wokenAt when it last came back
 * @param acted the button that was pressed, of those that are no links
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ReaderState(
        @Nullable Instant seenAt,
        @Nullable Instant readAt,
        @Nullable Instant archivedAt,
        @Nullable Instant snoozedUntil,
        @Nullable Instant wokenAt,
        @Nullable String acted,
        @Nullable Instant actedAt) {

    static ReaderState untouched() {
        return new ReaderState(null, null, null, null, null, null, null);
    }

    @JsonProperty("is_read")
    boolean read() {
        return readAt != null;
    }
}
