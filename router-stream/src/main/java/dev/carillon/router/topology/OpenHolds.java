package dev.carillon.router.topology;

import dev.carillon.router.decision.Decision;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.Holds;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.ChangeHold;
import dev.carillon.schemas.event.IntakeRecord.ListHolds;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.explain.HoldChanged.Result;
import dev.carillon.schemas.explain.HoldsListed;
import dev.carillon.schemas.explain.OpenHold;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;

/**
 * Tells operators what waits for a recipient, and does what they want with it. What is released is decided in the same
 * step, so that the answer says what became of it.
 */
final class OpenHolds {
    /** The asker gives up after 5 s; the rest is for clocks that differ. Nobody is surprised by what he gave up later. */
    private static final Duration WORTH_ANSWERING = Duration.ofMinutes(1);

    private final PartitionState partition;
    private final Types types;
    private final Release release;
    private final Escalation escalation;
    private final Outbox outbox;

    OpenHolds(PartitionState partition, Types types, Release release, Escalation escalation, Outbox outbox) {
        this.partition = partition;
        this.types = types;
        this.release = release;
        this.escalation = escalation;
        this.outbox = outbox;
    }

    void list(ListHolds asked, Input input, Instant now) {
        if (isTooLate(asked.at(), now)) {
            return;
        }
        RecipientId recipient = asked.recipient();
        List<OpenHold> holds = partition.holds().slots(recipient).stream()
                .filter(slot -> slot.count() > 0)
                .sorted(Comparator.comparingLong(HeldSlot::due))
                .map(slot -> open(recipient, slot))
                .toList();
        outbox.answer(new HoldsListed(asked.request(), input.partition(), recipient, holds));
    }

    private OpenHold open(RecipientId recipient, HeldSlot slot) {
        List<OpenHold.Item> items = partition.holds().oldest(recipient, slot, OpenHold.MOST_ITEMS).stream()
                .map(OpenHolds::item)
                .toList();
        return new OpenHold(
                slot.name(recipient),
                slot.channel(),
                slot.kind().code(),
                items.getFirst().reason(),
                slot.openedAt(),
                Instant.ofEpochMilli(slot.due()),
                slot.count() + slot.overflow(),
                slot.overflow(),
                items);
    }

    private static OpenHold.Item item(HeldItem item) {
        Event event = item.body();
        return new OpenHold.Item(
                item.notification(),
                item.event(),
                event == null ? null : event.type(),
                item.acceptedAt(),
                Outcomes.reason(item.waiting().gate()));
    }

    void change(ChangeHold wanted, Input input, Instant now) {
        if (isTooLate(wanted.at(), now)) {
            return;
        }
        HoldChanged answer;
        try {
            answer = changed(wanted, input, now);
        } catch (KafkaException e) {
            throw e; // a store or the broker is gone
        } catch (RuntimeException e) {
            partition.discard();
            outbox.discard();
            String why = Objects.toString(e.getMessage(), e.toString());
            answer = new HoldChanged(wanted.request(), input.partition(), Result.FAILED, List.of(), why);
        }
        outbox.answer(answer);
    }

    private HoldChanged changed(ChangeHold wanted, Input input, Instant now) {
        RecipientId recipient = wanted.recipient();
        HeldSlot slot = partition.holds().slots(recipient).stream()
                .filter(one -> one.count() > 0 && one.name(recipient).equals(wanted.hold()))
                .findFirst()
                .orElse(null);
        if (slot == null) {
            return new HoldChanged(wanted.request(), input.partition(), Result.UNKNOWN, List.of(), null);
        }
        switch (wanted.change()) {
            case RELEASE -> release.now(slot, recipient, now);
            case CANCEL -> cancel(slot, recipient, now);
        }
        return new HoldChanged(wanted.request(), input.partition(), Result.DONE, outbox.outcomes(), null);
    }

    /** What is cancelled does not get through: a later step of its type takes its turn, as behind any that was skipped. */
    private void cancel(HeldSlot slot, RecipientId recipient, Instant now) {
        Decision cancelled = new Decision.Suppress(Reason.CANCELLED_BY_OPERATOR);
        for (Holds.Counted one : partition.holds().takeCounted(recipient, slot.id())) {
            cancelled(one.event(), recipient, slot.channel(), now);
        }
        for (HeldItem item : partition.holds().takeOut(recipient, slot)) {
            escalation.apply(types.message(item), recipient, slot.channel(), cancelled, now);
            cancelled(item.event(), recipient, slot.channel(), now);
        }
    }

    private void cancelled(EventUid event, RecipientId recipient, Channel channel, Instant now) {
        var outcome = Outcomes.suppressed(channel, Reason.CANCELLED_BY_OPERATOR);
        outbox.outcome(Outcomes.of(event, recipient, now, List.of(outcome)));
    }

    private static boolean isTooLate(Instant asked, Instant now) {
        return asked.isBefore(now.minus(WORTH_ANSWERING));
    }
}
