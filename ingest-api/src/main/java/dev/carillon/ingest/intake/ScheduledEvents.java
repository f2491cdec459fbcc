package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Events that are sent by a schedule: checked with the rights of its maker when it is made, and sent at each occurrence
 * without asking again.
 */
public final class ScheduledEvents {
    private static final List<String> OF_EACH_OCCURRENCE = List.of("id", "time", "deliver_at", "expires_at");
    private static final UUID NO_KEY = new UUID(0, 0);

    private final EventReader reader;
    private final EventStamp stamp;
    private final IntakeLog log;
    private final Duration limit;
    private final IntakeMetrics metrics;

    ScheduledEvents(EventReader reader, EventStamp stamp, IntakeLog log, Duration limit, IntakeMetrics metrics) {
        this.reader = reader;
        this.stamp = stamp;
        this.log = log;
        this.limit = limit;
        this.metrics = metrics;
    }

    /**
     * Checks an event as if it were sent now.
     *
     * @return its source
     * @throws ProblemException where it would be refused, with every field
     */
    public String check(JsonNode event, ApiKey caller) {
        EventRequest request = read(event);
        return stamp.stamp(request, caller, "event.", null).event().source();
    }

    /**
     * One occurrence of an event.
     *
     * @param id of the occurrence at its source: the same again is told once
     * @param local delivered at this time of each recipient's own clock; null for at once
     */
    public record Occurrence(
            JsonNode event,
            String source,
            String id,
            @Nullable LocalDateTime local) {}

    /** Returns once the broker has it. */
    public EventUid send(Occurrence occurrence) {
        return metrics.counted(Way.SCHEDULE, () -> accept(occurrence));
    }

    private EventUid accept(Occurrence occurrence) {
        ApiKey everything =
                new ApiKey(NO_KEY, occurrence.source, EnumSet.allOf(Scope.class), Set.of(), null, Instant.EPOCH);
        EventRequest request = read(occurrence.event).occurrence(occurrence.source, occurrence.id, occurrence.local);
        RouteEvent event = stamp.stamp(request, everything, "event.", null);
        long deadline = System.nanoTime() + limit.toNanos();
        log.append(event, deadline).await(deadline);
        return event.event().uid();
    }

    private EventRequest read(JsonNode event) {
        Violations violations = new Violations();
        for (String field : OF_EACH_OCCURRENCE) {
            if (event.hasNonNull(field)) {
                violations.add(
                        "event." + field, "not_allowed", "is different at each occurrence: the schedule says it");
            }
        }
        EventRequest request = reader.read(new StrictJson.Part(event, StrictJson.size(event)), "event", violations);
        violations.refuseIfAny();
        if (request == null) {
            throw new IllegalStateException("an event was refused without a reason");
        }
        return request;
    }
}
