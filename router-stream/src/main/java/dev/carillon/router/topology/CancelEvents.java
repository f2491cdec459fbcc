package dev.carillon.router.topology;

import dev.carillon.router.hold.Holds;
import dev.carillon.router.hold.Job;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.CancelEvent;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;

/**
 * Cancels what has not been told of an event: marks it, so that every later decision says no, and looks at once at what
 * can be found, which is its job and what waits for a recipient who was named.
 */
final class CancelEvents {
    private final PartitionState partition;
    private final Outbox outbox;

    CancelEvents(PartitionState partition, Outbox outbox) {
        this.partition = partition;
        this.outbox = outbox;
    }

    void cancel(CancelEvent cancel, Instant now) {
        partition.marks().add(cancel.event(), cancel.recipients(), now);
        Job job = partition.jobs().find(cancel.event());
        if (job != null && cancel.recipients().isEmpty() && job.notBefore() > now.toEpochMilli()) {
            partition.jobs().putOff(job, now.toEpochMilli());
        }
        cancel.recipients().forEach(recipient -> drop(cancel.event(), recipient, now));
    }

    private void drop(EventUid event, RecipientId recipient, Instant now) {
        Holds.Removal removal = partition
                .holds()
                .removeIf(recipient, waiting -> waiting.item().event().equals(event));
        for (Holds.Removed removed : removal.items()) {
            tell(event, recipient, removed.channel(), Reason.CANCELLED, now);
        }
        for (Holds.CountedOut one : removal.counted()) {
            EventUid counted = one.counted().event();
            Reason reason = counted.equals(event) ? Reason.CANCELLED : Reason.HOLD_LIMIT;
            tell(counted, recipient, one.channel(), reason, now);
        }
    }

    private void tell(EventUid event, RecipientId recipient, Channel channel, Reason reason, Instant now) {
        outbox.outcome(Outcomes.of(event, recipient, now, List.of(Outcomes.suppressed(channel, reason))));
    }
}
