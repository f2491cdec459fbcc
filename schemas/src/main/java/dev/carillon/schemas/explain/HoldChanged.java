package dev.carillon.schemas.explain;

import dev.carillon.schemas.outcome.NotificationOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a hold that an operator wanted released or cancelled.
 *
 * @param outcomes of every notification that it concerned, which are published too
 * @param detail why it failed, null where it did not
 */
public record HoldChanged(
        String request,
        int partition,
        Result result,
        List<NotificationOutcome> outcomes,
        @Nullable String detail) implements Answer {

    public HoldChanged {
        outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
    }

    @Override
    public HoldChanged shortened(String why) {
        return new HoldChanged(request, partition, result, List.of(), why);
    }

    /** What the partition did. */
    public enum Result {
        /** What was wanted. */
        DONE,
        /** Nothing: no such hold is open. */
        UNKNOWN,
        /** Nothing: it could not be computed. The hold stays as it was. */
        FAILED
    }
}
