package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.Draft;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.tracing.Stage;
import dev.carillon.platform.tracing.TraceSpan;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of events into the pipeline: read, check, stamp, split by partition, send, and answer once the broker has
 * acknowledged. Keeps no state: a repeated event goes through again, and the router drops the duplicate.
 */
public final class AcceptEvents {
    private final EventReader reader;
    private final EventStamp stamp;
    private final IntakeLog log;
    private final Duration limit;
    private final IntakeMetrics metrics;
    private final Tracing tracing;

    AcceptEvents(
            EventReader reader,
            EventStamp stamp,
            IntakeLog log,
            Duration limit,
            IntakeMetrics metrics,
            Tracing tracing) {
        this.reader = reader;
        this.stamp = stamp;
        this.log = log;
        this.limit = limit;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /** What one caller sends at once. */
    public record Submission(Way way, ApiKey caller, List<Draft> events, boolean array) {
        /** Where the event with this index stands in the request, to begin a field's path with. */
        String pathOf(int index) {
            return array ? "events[" + index + "]" : "";
        }
    }

    /** One receipt per event, in their order. */
    public List<Receipt> accept(Submission submission) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Pending> pending = new ArrayList<>(submission.events().size());
        for (int i = 0; i < submission.events().size(); i++) {
            pending.add(begin(submission, i, deadline));
        }
        List<Receipt> receipts =
                pending.stream().map(event -> event.settle(deadline)).toList();
        metrics.count(submission.way(), receipts);
        return receipts;
    }

    private Pending begin(Submission submission, int index, long deadline) {
        Draft draft = submission.events().get(index);
        TraceSpan span = tracing.begin(Stage.ACCEPT, draft.traceparent());
        try {
            RouteEvent event = stamped(submission, index).traced(span.traceparent());
            Event stamped = event.event();
            span.event(stamped.uid().value(), stamped.type());
            return new Pending(
                    new Receipt.Accepted(stamped.uid(), stamped.id(), stamped.source()),
                    log.append(event, deadline),
                    span);
        } catch (ProblemException problem) {
            span.failed(problem.code());
            return new Pending(new Receipt.Refused(problem), new Acknowledgement(List.of()), span);
        }
    }

    private RouteEvent stamped(Submission submission, int index) {
        return switch (submission.events().get(index)) {
            case Draft.Ready ready -> stamped(ready, submission.caller(), submission.pathOf(index));
            case Draft.Broken(ProblemException problem) -> throw problem.below(submission.pathOf(index));
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
    private record Pending(Receipt receipt, Acknowledgement acknowledgement, TraceSpan span) {
        Receipt settle(long deadline) {
            try (span) {
                acknowledgement.await(deadline);
                return receipt;
            } catch (ProblemException unknown) {
                span.failed(unknown.code());
                return new Receipt.Refused(unknown);
            }
        }
    }
}
