package dev.carillon.schemas.outcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one channel.
 *
 * @param detail for people and logs: what the provider said, which rule it was
 * @param until until when it is held or not tried again
 * @param attempt number of the attempt, 0 where none was made
 * @param warnings what its texts lack: variables without a value, a link that may not be followed. At most 10 of 200
 *     characters
 */
public record ChannelOutcome(
        Channel channel,
        OutcomeState state,
        Reason reason,
        @Nullable String detail,
        @Nullable Instant until,
        int attempt,
        @JsonInclude(Include.NON_EMPTY) List<String> warnings) {

    public ChannelOutcome {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    public ChannelOutcome(
            Channel channel,
            OutcomeState state,
            Reason reason,
            @Nullable String detail,
            @Nullable Instant until,
            int attempt) {
        this(channel, state, reason, detail, until, attempt, List.of());
    }

    public static ChannelOutcome of(Channel channel, OutcomeState state, Reason reason) {
        return new ChannelOutcome(channel, state, reason, null, null, 0);
    }

    public ChannelOutcome withWarnings(List<String> more) {
        return new ChannelOutcome(channel, state, reason, detail, until, attempt, more);
    }
}
