package dev.carillon.schemas.outcome;

import dev.carillon.schemas.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one channel.
 *
 * @param detail for people and logs: what the provider said, which rule it was
 * @param until until when it is held or not tried again
 * @param attempt number of the attempt, 0 where none was made
 */
public record ChannelOutcome(
        Channel channel,
        OutcomeState state,
        Reason reason,
        @Nullable String detail,
        @Nullable Instant until,
        int attempt) {

    public static ChannelOutcome of(Channel channel, OutcomeState state, Reason reason) {
        return new ChannelOutcome(channel, state, reason, null, null, 0);
    }
}
