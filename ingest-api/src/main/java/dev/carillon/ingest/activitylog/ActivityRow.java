package dev.carillon.ingest.activitylog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Targets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event: who did what to what. Its texts and data are not here.
 *
 * @param category of the event itself, null where only its type has one
 * @param logOnly nobody is told of it
 */
record ActivityRow(
        EventUid event,
        Instant acceptedAt,
        String source,
        String id,
        @Nullable String type,
        @Nullable String category,
        @Nullable Actor actor,
        @JsonInclude(Include.NON_EMPTY) List<About> subjects,
        boolean logOnly) {

    ActivityRow {
        subjects = List.copyOf(subjects);
    }

    /** What an event is about. */
    record About(String type, String id, @Nullable String name) {}

    static ActivityRow of(RouteEvent record) {
        Event event = record.event();
        Targets targets = record.targets();
        return new ActivityRow(
                event.uid(),
                event.acceptedAt(),
                event.source(),
                event.id(),
                event.type(),
                event.labels().category(),
                event.actor(),
                event.content().subjects().stream()
                        .map(subject -> new About(subject.type(), subject.id(), subject.name()))
                        .toList(),
                targets.recipients().isEmpty() && !targets.everywhere());
    }

    /** The partition that it is in. */
    LocalDate day() {
        return LocalDate.ofInstant(acceptedAt, ZoneOffset.UTC);
    }
}
