package dev.carillon.router.topology;

import dev.carillon.router.fanout.Audience;
import dev.carillon.router.fanout.Reached;
import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.Job;
import dev.carillon.router.hold.Jobs;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.type.NotificationType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells the next portion of an event's targets. The job remembers how far it came, so a crash repeats nothing. */
final class RunJob {
    private final PartitionState partition;
    private final Types types;
    private final Tell tell;
    private final int inlineTargets;

    /** @param inlineTargets an event with more targets in the partition rides the bulk lane from here on */
    RunJob(PartitionState partition, Types types, Tell tell, int inlineTargets) {
        this.partition = partition;
        this.types = types;
        this.tell = tell;
        this.inlineTargets = inlineTargets;
    }

    /** Tells at most {@code most} recipients and says how many it were. */
    int run(Due.OfJob due, int most, Instant now) {
        Jobs jobs = partition.jobs();
        Job job = jobs.find(due.event());
        if (job == null || job.notBefore() != due.millis()) {
            partition.queue().remove(due);
            return 0;
        }
        Event event = jobs.event(job);
        if (event == null) {
            throw new IllegalStateException("the event of job " + job.event() + " is gone");
        }
        if (awaitsType(job, event, now)) {
            jobs.putOff(job, now.plus(AcceptEvent.TYPE_RETRY).toEpochMilli());
            return 0;
        }
        return portion(inItsLane(job, event), event, most, now);
    }

    /** Many deliveries go behind those of single events, unless they are urgent. */
    private Job inItsLane(Job job, Event event) {
        if (job.lane() == Lane.BULK || job.cursor() != null || cannotWait(event)) {
            return job;
        }
        int targets = 0;
        try (Audience audience = audience(job)) {
            while (audience.hasNext() && targets <= inlineTargets) {
                var _ = audience.next();
                targets++;
            }
        }
        return targets > inlineTargets ? job.inLane(Lane.BULK) : job;
    }

    private boolean cannotWait(Event event) {
        NotificationType type = types.of(event);
        Priority own = event.labels().priority();
        Priority priority = own == null && type != null ? type.priority() : own;
        return priority == Priority.URGENT || (type != null && type.critical());
    }

    private Audience audience(Job job) {
        return Audience.of(job.targets(), job.upTo(), partition.members(), partition.profiles(), job.cursor());
    }

    private int portion(Job job, Event event, int most, Instant now) {
        Message message = types.message(event, job.lane(), job.traceparent(), job.offset());
        int told = 0;
        Reached last = null;
        boolean more;
        try (Audience audience = audience(job)) {
            while (audience.hasNext() && told < most) {
                last = audience.next();
                tell.tell(message, last, true, now);
                told++;
            }
            more = audience.hasNext();
        }
        settle(job, last, more, now);
        return told;
    }

    private void settle(Job job, @Nullable Reached last, boolean more, Instant now) {
        if (more && last != null) {
            partition.jobs().putOff(job.after(last.recipient()), now.toEpochMilli());
        } else {
            partition.jobs().finish(job);
        }
    }

    private boolean awaitsType(Job job, Event event, Instant now) {
        Instant until = job.awaitedUntil();
        return until != null && now.isBefore(until) && types.pending(event);
    }
}
