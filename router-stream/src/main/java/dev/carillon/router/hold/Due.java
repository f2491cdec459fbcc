package dev.carillon.router.hold;

import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.UUID;

/** An entry of the due queue: what is looked at again once {@code millis} (since the epoch) has come. */
public sealed interface Due {
    long millis();

    /** What it is, for a log: not of whom. */
    default String kind() {
        return switch (this) {
            case OfSlot _ -> "a slot";
            case OfMark _ -> "a mark";
            case OfErasure _ -> "an erasure";
            case OfJob _ -> "a job";
        };
    }

    /** A slot of a recipient. */
    record OfSlot(long millis, RecipientId recipient, long slot) implements Due {}

    /** The mark of a cancelled event, which is kept no longer. */
    record OfMark(long millis, EventUid event) implements Due {}

    /** Somebody who was erased: there is more to forget, or the erasure itself is. */
    record OfErasure(long millis, UUID person) implements Due {}

    /** The job of an event. */
    record OfJob(long millis, EventUid event) implements Due {}
}
