package dev.carillon.router.hold;

import dev.carillon.router.state.Members;
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
 * @param members number of the last change of memberships that came before the event; null where that is not known
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
        @Nullable Long members) {

    Job with(Targets others) {
        return new Job(event, others, lane, traceparent, offset, notBefore, cursor, awaitedUntil, members);
    }

    public Job at(long millis) {
        return new Job(event, targets, lane, traceparent, offset, millis, cursor, awaitedUntil, members);
    }

    public Job inLane(Lane other) {
        return new Job(event, targets, other, traceparent, offset, notBefore, cursor, awaitedUntil, members);
    }

    /** Members numbered up to this are its targets. */
    public long upTo() {
        return members == null ? Members.NOW : members;
    }

    /** Further, up to {@code last}. */
    public Job after(RecipientId last) {
        return new Job(event, targets, lane, traceparent, offset, notBefore, last, null, members);
    }
}
