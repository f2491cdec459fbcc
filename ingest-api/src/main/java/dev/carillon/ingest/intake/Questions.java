package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.util.List;
import java.util.Set;

/** Questions to the router about an event, which is read, checked and stamped as one that is accepted. */
public final class Questions {
    /** The largest body of a question: an event's. */
    public static final int MAX_BYTES = Limits.EVENT_BYTES;

    private final EventReader reader;
    private final EventStamp stamp;
    private final PartitionSplit split;

    Questions(EventReader reader, EventStamp stamp, PartitionSplit split) {
        this.reader = reader;
        this.stamp = stamp;
        this.split = split;
    }

    /**
     * Reads the event that a question is about.
     *
     * @throws ProblemException where it would be refused as an event
     */
    public RouteEvent read(byte[] body, ApiKey caller) {
        StrictJson.Body parsed = StrictJson.parseParts(body);
        if (parsed.array()) {
            throw ProblemException.invalid("(body)", "type", "must be one event, not an array");
        }
        Violations violations = new Violations();
        EventRequest request = reader.read(parsed.parts().getFirst(), "", violations);
        violations.refuseIfAny();
        if (request == null) {
            throw new IllegalStateException("an event was refused without a reason");
        }
        return stamp.stamp(request, caller, "", null);
    }

    /** The partitions that have to answer. */
    public Set<Integer> partitions(RouteEvent event) {
        return split.partitions(event);
    }

    /**
     * The question for every partition that the event concerns.
     *
     * @param request names it in the answers
     */
    public List<OutgoingRecord> records(RouteEvent event, String request) {
        return split.question(event, request);
    }
}
