package dev.carillon.router.topology;

import dev.carillon.platform.tracing.Stage;
import dev.carillon.platform.tracing.TraceSpan;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.router.fanout.Audience;
import dev.carillon.router.fanout.Reached;
import dev.carillon.router.hold.Job;
import dev.carillon.router.state.Members;
import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes an event in: drops a repetition, then tells its targets at once, or leaves them to a job. */
final class AcceptEvent {
    /** How soon a job looks again whether a type has arrived. */
    static final Duration TYPE_RETRY = Duration.ofMillis(100);

    private final PartitionState partition;
    private final Types types;
    private final Tell tell;
    private final RoutingSettings settings;
    private final Tracing tracing;
    private final RouterMeters meters;

    AcceptEvent(PartitionState partition, Types types, Tell tell, Surroundings surroundings) {
        this.partition = partition;
        this.types = types;
        this.tell = tell;
        this.settings = surroundings.settings();
        this.tracing = surroundings.tracing();
        this.meters = surroundings.meters();
    }

    void accept(RouteEvent accepted, Input input, Instant now) {
        RouteEvent record = new RouteEvent(
                partition.erasures().visible(accepted.event()),
                accepted.targets(),
                accepted.lane(),
                accepted.traceparent());
        UUID uid = identity(record.event(), input.replay());
        if (partition.seen().contains(uid, now)) {
            meters.duplicate();
            return;
        }
        partition.seen().mark(uid);
        Event event = record.event();
        try (TraceSpan span = tracing.begin(Stage.DECIDE, record.traceparent())) {
            span.event(event.uid().value(), event.type());
            tellInTime(record.traced(span.traceparent()), input, now);
        }
    }

    private void tellInTime(RouteEvent record, Input input, Instant now) {
        Event event = record.event();
        Instant scheduled = event.deliverFrom();
        if (types.pending(event)) {
            start(record, input, now.plus(TYPE_RETRY), now.plus(settings.typePatience()));
        } else if (scheduled != null
                && scheduled.isAfter(now)
                && record.targets().everywhere()) {
            start(record, input, scheduled, null);
        } else {
            tellOrStart(record, input, now);
        }
    }

    private void tellOrStart(RouteEvent record, Input input, Instant now) {
        List<Reached> reached = new ArrayList<>();
        Targets targets = record.targets();
        try (Audience audience = Audience.of(targets, Members.NOW, partition.members(), partition.profiles(), null)) {
            while (audience.hasNext() && reached.size() <= settings.inlineTargets()) {
                reached.add(audience.next());
            }
        }
        if (reached.size() > settings.inlineTargets()) {
            start(record, input, now, null);
            return;
        }
        Message message = types.message(record, input.offset());
        reached.forEach(one -> tell.tell(message, one, reached.size() > 1, now));
    }

    private void start(RouteEvent record, Input input, Instant notBefore, @Nullable Instant awaitedUntil) {
        Job job = new Job(
                record.event().uid(),
                record.targets(),
                record.lane(),
                record.traceparent(),
                input.offset(),
                notBefore.toEpochMilli(),
                null,
                awaitedUntil,
                partition.members().lastNumber());
        partition.jobs().start(job, record.event());
    }

    /** A replayed dead letter is an event of its own: the first try may have been seen already. */
    private static UUID identity(Event event, @Nullable String replay) {
        return replay == null
                ? event.uid().value()
                : DerivedIds.of("replay", replay, event.uid().toString());
    }
}
