package dev.carillon.ingest.intake;

import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An event as a caller sent it, every field within its rules.
 *
 * @param id null where the caller gave none: then a repeat is another event
 * @param source null means the name of the caller's key
 */
record EventRequest(
        @Nullable String id,
        @Nullable String source,
        @Nullable String type,
        @Nullable Instant time,
        Targets targets,
        Content content,
        Labels labels,
        @Nullable Actor actor,
        boolean notifyActor,
        boolean silent,
        @Nullable String locale,
        DeliveryTimes times) {

    /** The same as one occurrence of a recurring event, delivered at a local time or (null) at once. */
    EventRequest occurrence(String from, String called, @Nullable LocalDateTime local) {
        return new EventRequest(
                called,
                from,
                type,
                time,
                targets,
                content,
                labels,
                actor,
                notifyActor,
                silent,
                locale,
                new DeliveryTimes(null, local, null));
    }
}
