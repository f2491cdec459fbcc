package dev.carillon.ingest.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.schemas.event.EventUid;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A recurring event.
 *
 * @param name given by its maker; null where it has none
 * @param source of its events
 * @param event as it was sent, without what is different at each occurrence
 * @param next the next occurrence; null once there is none
 */
record Schedule(
        UUID id,
        @Nullable String name,
        String source,
        JsonNode event,
        Recurrence recurrence,
        State state,
        @Nullable LocalDateTime next,
        Past past,
        Instant createdAt) {

    /** What a schedule does. */
    enum State {
        ACTIVE,
        PAUSED,
        /** Its rule names no further occurrence. */
        ENDED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What has happened so far.
     *
     * @param fired occurrences that were sent
     * @param lastError why the last one was not; null where it was
     */
    record Past(
            long fired,
            @Nullable Instant lastAt,
            @Nullable EventUid lastEvent,
            @Nullable String lastError) {
        static Past none() {
            return new Past(0, null, null, null);
        }

        Past sent(EventUid event, Instant at) {
            return new Past(fired + 1, at, event, null);
        }

        Past failed(String error) {
            return new Past(fired, lastAt, lastEvent, error);
        }
    }

    /** The same at another point of its life; it has ended where there is no next occurrence. */
    Schedule now(State state, @Nullable LocalDateTime next, Past past) {
        return new Schedule(
                id, name, source, event, recurrence, next == null ? State.ENDED : state, next, past, createdAt);
    }

    /** When the next occurrence is sent; null where there is none, or its zone is unknown. */
    @Nullable Instant nextAt() {
        return next == null || !recurrence.hasKnownZone() ? null : recurrence.firesAt(next);
    }

    /** Nobody knows any more when it occurs: it waits for somebody who does. */
    Schedule withoutZone() {
        return now(State.PAUSED, next, past.failed(zoneIsUnknown()));
    }

    String zoneIsUnknown() {
        return "the tz database has no time zone " + recurrence.zone() + " (any more)";
    }

    /** The occurrence's event is called this at its source: sent twice, it is told once. */
    String eventId(LocalDateTime occurrence) {
        return id + "@" + occurrence;
    }
}
