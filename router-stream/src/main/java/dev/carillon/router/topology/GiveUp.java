package dev.carillon.router.topology;

import dev.carillon.platform.logging.LogIds;
import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.Holds;
import dev.carillon.router.hold.Job;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves what is due and cannot be released to the dead letters, so that the rest goes on. Never fails on content. */
final class GiveUp {
    private static final Logger LOG = LoggerFactory.getLogger(GiveUp.class);

    private final PartitionState partition;
    private final Outbox outbox;
    private final DeadLetters letters;

    GiveUp(PartitionState partition, Outbox outbox, DeadLetters letters) {
        this.partition = partition;
        this.outbox = outbox;
        this.letters = letters;
    }

    void accept(Due due, RuntimeException failure, Instant now) {
        try {
            switch (due) {
                case Due.OfSlot slot -> slot(slot, failure, now);
                case Due.OfJob job -> job(job, failure, now);
                case Due.OfMark mark -> partition.queue().remove(mark);
                case Due.OfErasure erasure -> throw failure; // whoever erases is answered nothing, and asks again
            }
        } catch (KafkaException e) {
            throw e; // a store or the broker is gone
        } catch (RuntimeException unreadable) {
            drop(due);
            outbox.dead(null, letters.unreadable(unreadable, now));
        }
    }

    private void drop(Due due) {
        switch (due) {
            case Due.OfSlot slot -> partition.holds().drop(slot);
            case Due.OfJob job -> partition.jobs().drop(job);
            case Due.OfMark mark -> partition.queue().remove(mark);
            case Due.OfErasure erasure -> partition.queue().remove(erasure);
        }
    }

    private void slot(Due.OfSlot due, RuntimeException failure, Instant now) {
        HeldSlot slot = partition.holds().slot(due.recipient(), due.slot());
        if (slot == null) {
            partition.queue().remove(due);
            return;
        }
        for (Holds.Counted one : partition.holds().takeCounted(due.recipient(), due.slot())) {
            var outcome = Outcomes.suppressed(slot.channel(), Reason.HOLD_LIMIT);
            outbox.outcome(Outcomes.of(one.event(), due.recipient(), now, List.of(outcome)));
        }
        for (HeldItem item : partition.holds().takeOut(due.recipient(), slot)) {
            outbox.dead(
                    item.event().toString().getBytes(StandardCharsets.UTF_8),
                    letters.of(item, due.recipient(), failure, now));
            var outcome = ChannelOutcome.of(slot.channel(), OutcomeState.DEAD, Reason.INTERNAL_ERROR);
            outbox.outcome(Outcomes.of(item.event(), due.recipient(), now, List.of(outcome)));
            try (var _ = new LogIds(item.event(), item.notification())) {
                LOG.warn("notification {} goes to the dead letters", item.notification());
            }
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
        try (var _ = new LogIds(due.event())) {
            LOG.warn("what is left of event {} goes to the dead letters", due.event());
        }
    }
}
