package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.Draft;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of events into the pipeline: read, check, stamp, split by partition, send, and answer once the broker has
 * acknowledged. Keeps no state: a repeated event goes through again, and the router drops the duplicate.
 */
public final class AcceptEvents {
    private final PublishRate rate;
    private final EventReader reader;
    private final EventStamp stamp;
    private final IntakeLog log;
    private final Duration limit;

    AcceptEvents(PublishRate rate, EventReader reader, EventStamp stamp, IntakeLog log, Duration limit) {
        this.rate = rate;
        this.reader = reader;
        this.stamp = stamp;
        this.log = log;
        this.limit = limit;
    }

    /** What one caller sends in one request. */
    public record Submission(ApiKey caller, List<Draft> events, boolean array) {
        /** Where the event with this index stands in the request, to begin a field's path with. */
        String pathOf(int index) {
            return array ? "events[" + index + "]" : "";
        }
    }

    /** One receipt per event, in their order. */
    public List<Receipt> accept(Submission submission) {
        long deadline = System.nanoTime() + limit.toNanos();
        rate.take(submission.caller(), submission.events().size());
        List<Pending> pending = new ArrayList<>(submission.events().size());
        for (int i = 0; i < submission.events().size(); i++) {
            pending.add(begin(submission, i, deadline));
        }
        return pending.stream().map(event -> event.settle(deadline)).toList();
    }

    private Pending begin(Submission submission, int index, long deadline) {
        try {
            RouteEvent event = stamped(submission, index);
            return new Pending(
                    new Receipt.Accepted(
                            event.event().uid(),
                            event.event().id(),
                            event.event().source()),
                    log.append(event, deadline));
        } catch (ProblemException problem) {
            return new Pending(new Receipt.Refused(problem), new Acknowledgement(List.of()));
        }
    }

    private RouteEvent stamped(Submission submission, int index) {
        return switch (submission.events().get(index)) {
            case Draft.Ready ready -> stamped(ready, submission.caller(), submission.pathOf(index));
            case Draft.Broken(ProblemException problem) -> throw problem;
        };
    }

    private RouteEvent stamped(Draft.Ready draft, ApiKey caller, String path) {
        Violations violations = new Violations();
        EventRequest request = reader.read(draft.part(), path, violations);
        violations.refuseIfAny();
        if (request == null) {
            throw new IllegalStateException("an event was refused without a reason");
        }
        return stamp.stamp(request, caller, path.isEmpty() ? "" : path + ".", draft.traceparent());
    }

    /** An event on its way to the broker; where it was refused there is nothing to wait for. */
    private record Pending(Receipt receipt, Acknowledgement acknowledgement) {
        Receipt settle(long deadline) {
            try {
                acknowledgement.await(deadline);
                return receipt;
            } catch (ProblemException unknown) {
                return new Receipt.Refused(unknown);
            }
        }
    }
}
