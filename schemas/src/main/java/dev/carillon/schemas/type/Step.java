package dev.carillon.schemas.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.carillon.schemas.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One of the channels that a type tries one after the other. What waits for its turn is dropped as soon as the
 * notification is read, clicked or dismissed anywhere.
 *
 * @param after how long after the step before it; of the first step: after the event. Null on a later step: only where
 *     the one before it does not get through; on the first: at once
 * @param condition must hold when the step's turn comes, beside the channel's own; null for none
 */
public record Step(
        Channel channel,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Duration after,

        @Nullable String condition) {
    /** Of all waits of a type together. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(7);

    public Step {
        if (after != null && (!after.isPositive() || after.compareTo(LONGEST_WAIT) > 0)) {
            throw new IllegalArgumentException("a step waits up to " + LONGEST_WAIT + ", not " + after);
        }
    }
}
