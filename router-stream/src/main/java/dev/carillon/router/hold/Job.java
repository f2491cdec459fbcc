package dev.carillon.router.hold;

import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event whose targets in this partition are told later or in portions; the event itself is among the shared bodies.
 *
 * @param offset of the input record that led to it
 * @param notBefore milliseconds since the epoch; its entry in the due queue
 * @param cursor the last recipient that was told; null before the first
 * @param awaitedUntil until when it waits for the type's version; null where it does not
 * @param told how many recipients so far
 */
public record Job(
        EventUid event,
        Targets targets,
        Lane lane,
        @Nullable String traceparent,
        long offset,
        long notBefore,
        @Nullable RecipientId cursor,
        @Nullable Instant awaitedUntil,
        long told) {

    public Job at(long millis) {
        return new Job(event, targets, lane, traceparent, offset, millis, cursor, awaitedUntil, told);
    }

    /** Further by {@code more} recipients, the last of them {@code last}. */
    public Job after(RecipientId last, int more) {
        return new Job(event, targets, lane, traceparent, offset, notBefore, last, null, told + more);
    }
}
