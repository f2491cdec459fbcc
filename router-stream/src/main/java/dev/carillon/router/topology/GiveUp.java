package dev.carillon.router.topology;

import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.Job;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Moves what is due and cannot be released to the dead letters, so that the rest goes on. */
final class GiveUp {
    private final PartitionState partition;
    private final Outbox outbox;
    private final DeadLetters letters;

    GiveUp(PartitionState partition, Outbox outbox, DeadLetters letters) {
        this.partition = partition;
        this.outbox = outbox;
        this.letters = letters;
    }

    void accept(Due due, RuntimeException failure, Instant now) {
        switch (due) {
            case Due.OfSlot slot -> {
                try {
                    slot(slot, failure, now);
                } catch (MalformedRecordException unreadable) {
                    partition.holds().drop(slot);
                    outbox.dead(null, letters.unreadable(unreadable, now));
                }
            }
            case Due.OfJob job -> job(job, failure, now);
        }
    }

    private void slot(Due.OfSlot due, RuntimeException failure, Instant now) {
        HeldSlot slot = partition.holds().slot(due.recipient(), due.slot());
        if (slot == null) {
            partition.queue().remove(due);
            return;
        }
        for (HeldItem item : partition.holds().takeOut(due.recipient(), slot)) {
            outbox.dead(
                    item.event().toString().getBytes(StandardCharsets.UTF_8),
                    letters.of(item, due.recipient(), failure, now));
            var outcome = ChannelOutcome.of(slot.channel(), OutcomeState.DEAD, Reason.INTERNAL_ERROR);
            outbox.outcome(Outcomes.of(item.event(), due.recipient(), now, List.of(outcome)));
        }
    }

    private void job(Due.OfJob due, RuntimeException failure, Instant now) {
        Job job = partition.jobs().find(due.event());
        if (job == null) {
            partition.queue().remove(due);
            return;
        }
        Event event = partition.jobs().event(job);
        outbox.dead(due.event().toString().getBytes(StandardCharsets.UTF_8), letters.of(job, event, failure, now));
        partition.jobs().finish(job);
    }
}
