package dev.carillon.ingest.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
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
                    ACTED -> false;
        };
    }

    /** Said by the router, before whatever a worker or the recipient says of the same delivery. */
    boolean isDecision() {
        return switch (state) {
            case ROUTED, HELD, SUPPRESSED, MERGED, REPLACED, CANCELLED -> true;
            case SENT, SKIPPED, RETRYING, DEAD, EXPIRED, SEEN, READ, CLICKED, DISMISSED, ACTED -> false;
        };
    }
}
