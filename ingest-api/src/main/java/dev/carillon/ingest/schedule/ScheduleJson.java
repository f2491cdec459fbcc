package dev.carillon.ingest.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.ingest.schedule.Schedule.State;
import dev.carillon.schemas.event.EventUid;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schedule as callers see it.
 *
 * @param timeZone null means each recipient's own
 * @param nextAt when {@code next} has come, for the first whom it concerns
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ScheduleJson(
        UUID id,
        @Nullable String name,
        String source,
        State state,
        String rrule,
        LocalDateTime start,
        @Nullable String timeZone,
        @Nullable LocalDateTime next,
        @Nullable Instant nextAt,
        long fired,
        @Nullable Instant lastAt,
        @Nullable EventUid lastUid,
        @Nullable String lastError,
        Instant createdAt,
        JsonNode event) {

    /** A page of them. */
    record Page(List<ScheduleJson> schedules, @Nullable UUID nextCursor) {}

    static ScheduleJson of(Schedule schedule) {
        Recurrence recurrence = schedule.recurrence();
        Schedule.Past past = schedule.past();
        return new ScheduleJson(
                schedule.id(),
                schedule.name(),
                schedule.source(),
                schedule.state(),
                recurrence.rule().toString(),
                recurrence.start(),
                recurrence.zone(),
                schedule.next(),
                schedule.nextAt(),
                past.fired(),
                past.lastAt(),
                past.lastEvent(),
                past.lastError(),
                schedule.createdAt(),
                schedule.event());
    }
}
