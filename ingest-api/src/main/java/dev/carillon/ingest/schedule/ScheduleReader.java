package dev.carillon.ingest.schedule;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.intake.ScheduledEvents;
import dev.carillon.ingest.schedule.Schedule.Past;
import dev.carillon.ingest.schedule.Schedule.State;
import dev.carillon.schemas.DerivedIds;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of a new schedule. Its event is checked as one that is sent now. */
final class ScheduleReader {
    private static final Set<String> KNOWN = Set.of("name", "event", "rrule", "start", "time_zone");
    private static final int MAX_NAME = 128;
    private static final int MAX_RULE = 500;
    private static final int MOST_YEARS_AGO = 10;
    /** As far as an event may be scheduled. */
    private static final int MOST_DAYS_AHEAD = 366;

    private final ScheduledEvents events;
    private final Clock clock;

    ScheduleReader(ScheduledEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    Schedule read(JsonNode body, ApiKey caller) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, KNOWN, violations);
        String name = fields.label("name", MAX_NAME);
        JsonNode event = fields.map("event");
        if (!fields.has("event")) {
            fields.refuse("event", "required", "is required: what is sent at each occurrence");
        }
        Recurrence recurrence = recurrence(fields);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LocalDateTime next = recurrence == null ? null : recurrence.upcoming(now);
        if (recurrence != null && next == null) {
            fields.refuse("rrule", "range", "must have an occurrence in the future");
        }
        violations.refuseIfAny();
        if (event == null || recurrence == null || next == null) {
            throw new IllegalStateException("a schedule was refused without a reason");
        }
        String source = events.check(event, caller);
        UUID id = name == null ? UUID.randomUUID() : DerivedIds.of("schedule", source, name);
        return new Schedule(id, name, source, event, recurrence, State.ACTIVE, next, Past.none(), now);
    }

    private @Nullable Recurrence recurrence(Fields fields) {
        String rule = fields.requiredLabel("rrule", MAX_RULE);
        LocalDateTime start = start(fields);
        String zone = zone(fields);
        if (rule.isEmpty() || start == null) {
            return null;
        }
        try {
            return Recurrence.parse(rule, start, zone);
        } catch (IllegalArgumentException e) {
            fields.refuse("rrule", "format", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable LocalDateTime start(Fields fields) {
        String text = fields.requiredLabel("start", MAX_NAME);
        if (text.isEmpty()) {
            return null;
        }
        try {
            LocalDateTime start = LocalDateTime.parse(text).truncatedTo(ChronoUnit.SECONDS);
            LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            if (!start.isBefore(now.minusYears(MOST_YEARS_AGO)) && !start.isAfter(now.plusDays(MOST_DAYS_AHEAD))) {
                return start;
            }
            fields.refuse(
                    "start",
                    "range",
                    "must be from " + MOST_YEARS_AGO + " years ago to " + MOST_DAYS_AHEAD + " days ahead");
        } catch (DateTimeException e) {
            fields.refuse("start", "format", "must be a date and time without an offset, like 2026-12-01T09:00");
        }
        return null;
    }

    private static @Nullable String zone(Fields fields) {
        String text = fields.label("time_zone", MAX_NAME);
        if (text == null) {
            return null;
        }
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            fields.refuse("time_zone", "format", "must be a zone of the IANA database, like Europe/Vienna");
            return null;
        }
        return text;
    }
}
