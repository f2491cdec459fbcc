package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;

/** Questions to the router about an event, which is read, checked and stamped as one that is accepted. */
public final class Questions {
    /** The largest body of a question: an event's. */
    public static final int MAX_BYTES = Limits.EVENT_BYTES;

    private final EventReader reader;
    private final EventStamp stamp;
    private final PartitionSplit split;
    private final RecordSender sender;

    Questions(EventReader reader, EventStamp stamp, PartitionSplit split, RecordSender sender) {
        this.reader = reader;
        this.stamp = stamp;
        this.split = split;
        this.sender = sender;
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
        return split.partitions(event.targets());
    }

    /**
     * Sends the question to every partition that the event concerns.
     *
     * @param request names it in the answers
     * @param deadline of {@link System#nanoTime()}
     * @throws ProblemException 503 where the broker does not take it in time
     */
    public void ask(RouteEvent event, String request, long deadline) {
        var sent = split.question(event, request).stream().map(sender::send).toList();
        try {
            new Acknowledgement(sent).await(deadline);
        } catch (ProblemException unknown) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "broker_unavailable",
                    "the broker did not take the question in time: ask again",
                    List.of(),
                    Duration.ofSeconds(2));
        }
    }
}
