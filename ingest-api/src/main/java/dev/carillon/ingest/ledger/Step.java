package dev.carillon.ingest.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.LongestWaits;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a notification on a channel, as it is stored.
 *
 * @param until until when it waits
 * @param attempt its number, 0 where none was made
 */
record Step(
        OutcomeState state,
        Reason reason,
        Instant at,
        @Nullable Instant until,
        @Nullable String detail,
        @JsonInclude(Include.NON_DEFAULT) int attempt,
        @JsonInclude(Include.NON_EMPTY) List<String> warnings) {

    /** The longest that a type may collect for. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);

    Step {
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    static Step of(ChannelOutcome outcome, Instant at) {
        return new Step(
                outcome.state(),
                outcome.reason(),
                at,
                outcome.until(),
                outcome.detail(),
                outcome.attempt(),
                outcome.warnings());
    }

    /** Something that the recipient did. */
    static Step of(OutcomeState state, Instant at, @Nullable String detail) {
        return new Step(state, Reason.NONE, at, null, detail, 0, List.of());
    }

    boolean isFailure() {
        return switch (state) {
            case RETRYING, DEAD, EXPIRED -> true;
            case ROUTED,
                    HELD,
                    SUPPRESSED,
                    MERGED,
                    REPLACED,
                    CANCELLED,
                    SENT,
                    SKIPPED,
                    SEEN,
                    READ,
                    CLICKED,
                    DISMISSED,
                    ACTED,
                    ARCHIVED,
                    UNSUBSCRIBED -> false;
        };
    }

    /**
     * By when something more must be said where this is the last word on {@code channel}; null where it may be the end. What
     * is routed to the feed ends there: its row is the proof.
     */
    @Nullable Instant openUntil(String channel) {
        return switch (state) {
            case ROUTED -> channel.equals(Channel.INAPP.code()) ? null : at;
            case RETRYING -> until;
            case HELD -> until == null ? null : until.plus(longer());
            case SUPPRESSED,
                    MERGED,
                    REPLACED,
                    CANCELLED,
                    SENT,
                    SKIPPED,
                    DEAD,
                    EXPIRED,
                    SEEN,
                    READ,
                    CLICKED,
                    DISMISSED,
                    ACTED,
                    ARCHIVED,
                    UNSUBSCRIBED -> null;
        };
    }

    /** How much longer it may wait than it was said to: a window slides, and a turn moves with the step before it. */
    private Duration longer() {
        return switch (reason) {
            case BATCH -> LONGEST_WINDOW;
            case STEP, FALLBACK -> LongestWaits.HELD;
            default -> Duration.ZERO;
        };
    }

    /** What tells that somebody has seen it, and what she did with it. Which button was pressed is the publisher's to know. */
    boolean isReceipt() {
        return switch (state) {
            case SEEN, READ, CLICKED, DISMISSED, ARCHIVED, UNSUBSCRIBED -> true;
            case ROUTED, HELD, SUPPRESSED, MERGED, REPLACED, CANCELLED, SENT, SKIPPED, RETRYING, DEAD, EXPIRED, ACTED ->
                false;
        };
    }

    /** Said by the router, before whatever a worker or the recipient says of the same delivery. */
    boolean isDecision() {
        return switch (state) {
            case ROUTED, HELD, SUPPRESSED, MERGED, CANCELLED -> true;
            case REPLACED,
                    SENT,
                    SKIPPED,
                    RETRYING,
                    DEAD,
                    EXPIRED,
                    SEEN,
                    READ,
                    CLICKED,
                    DISMISSED,
                    ACTED,
                    ARCHIVED,
                    UNSUBSCRIBED -> false;
        };
    }
}
