package dev.carillon.schemas.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.EnumSets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects a type's notifications of one recipient and tells them together.
 *
 * @param channels that it holds for; empty means e-mail and push
 * @param mode whether the window's end moves
 * @param window how long is collected, from the first (fixed) or from the latest notification (sliding)
 * @param maxWindow a sliding window ends at this age at the latest; not looked at where it is fixed
 * @param firstAtOnce the first goes out at once and opens the window for what follows
 * @param key a template over the event ({@code {{data.project_id}}}); what renders alike is collected together. Null:
 *     everything of the type
 * @param maxItems how many are told one by one; the rest is "and N more"
 */
public record Batch(
        Set<Channel> channels,
        Mode mode,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration window,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Duration maxWindow,

        boolean firstAtOnce,
        @Nullable String key,
        int maxItems) {
    public static final int DEFAULT_ITEMS = 20;

    /** Whether the end of a window moves. */
    public enum Mode {
        FIXED,
        SLIDING
    }

    public Batch {
        channels = EnumSets.copyOf(
                channels == null || channels.isEmpty() ? Set.of(Channel.EMAIL, Channel.PUSH) : channels);
        mode = mode == null ? Mode.FIXED : mode;
        maxItems = maxItems <= 0 ? DEFAULT_ITEMS : maxItems;
        if (window == null || !window.isPositive()) {
            throw new IllegalArgumentException("a window must be positive: " + window);
        }
    }

    /** How long a window is open at most. */
    public Duration longest() {
        return mode == Mode.FIXED || maxWindow == null ? window : maxWindow;
    }
}
