package dev.carillon.router.topology;

import dev.carillon.router.decision.Candidate;
import dev.carillon.router.decision.Decide;
import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Passed;
import dev.carillon.router.decision.Slot;
import dev.carillon.router.decision.Turn;
import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.Holds;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Releases a slot that is due: each item is decided again, and what survives goes out together. */
final class Release {
    private final PartitionState partition;
    private final Recipients recipients;
    private final Types types;
    private final Tell tell;
    private final Compose compose;
    private final Escalation escalation;
    private final Outbox outbox;

    Release(
            PartitionState partition,
            Recipients recipients,
            Types types,
            Tell tell,
            Compose compose,
            Escalation escalation,
            Outbox outbox) {
        this.escalation = escalation;
        this.partition = partition;
        this.recipients = recipients;
        this.types = types;
        this.tell = tell;
        this.compose = compose;
        this.outbox = outbox;
    }

    void release(Due.OfSlot due, Instant now) {
        Holds holds = partition.holds();
        HeldSlot slot = holds.slot(due.recipient(), due.slot());
        if (slot == null || slot.armedDue() != due.millis()) {
            partition.queue().remove(due);
        } else if (slot.due() > now.toEpochMilli()) {
            holds.rearm(due.recipient(), slot);
        } else {
            release(slot, recipients.find(due.recipient()), now);
        }
    }

    private void release(HeldSlot slot, Recipient recipient, Instant now) {
        List<Message> survivors = new ArrayList<>();
        List<Holds.Counted> counted = takeCounted(slot, recipient, now);
        boolean silent = false;
        long heldIn = slot.id();
        for (HeldItem item : partition.holds().takeOut(recipient.id(), slot)) {
            Message message = types.message(item);
            Passed passed = item.passed(now);
            Candidate candidate = tell.candidate(message, recipient, item.origin(), item.shownAt());
            Decision decision =
                    Decide.decide(candidate, slot.channel(), turn(item, now), recipient.state(), passed, now);
            escalation.apply(message, recipient.id(), slot.channel(), decision, now);
            switch (decision) {
                case Decision.Deliver deliver -> {
                    survivors.add(message);
                    silent = deliver.silent();
                }
                case Decision.Hold hold -> {
                    var held = tell.hold(message, recipient, slot.channel(), hold, again(item, passed), now);
                    outcome(message, recipient, held, now);
                    heldIn = HeldSlot.id(slot.channel(), hold.slot());
                }
                case Decision.Suppress suppress ->
                    outcome(message, recipient, Outcomes.suppressed(slot.channel(), suppress), now);
            }
        }
        if (!survivors.isEmpty()) {
            emit(slot, survivors, counted, recipient, silent, now);
        } else if (!partition.holds().addCounted(recipient.id(), heldIn, counted)) {
            counted.forEach(
                    one -> counted(one, recipient, Outcomes.suppressed(slot.channel(), Reason.HOLD_LIMIT), now));
        }
    }

    /** What is only counted in a slot, but for what was cancelled meanwhile. */
    private List<Holds.Counted> takeCounted(HeldSlot slot, Recipient recipient, Instant now) {
        Map<Boolean, List<Holds.Counted>> byCancelled =
                partition.holds().takeCounted(recipient.id(), slot.id()).stream()
                        .collect(Collectors.partitioningBy(
                                one -> partition.marks().covers(one.event(), recipient.id())));
        byCancelled
                .getOrDefault(true, List.of())
                .forEach(one -> counted(one, recipient, Outcomes.suppressed(slot.channel(), Reason.CANCELLED), now));
        return byCancelled.getOrDefault(false, List.of());
    }

    private void emit(
            HeldSlot slot,
            List<Message> survivors,
            List<Holds.Counted> counted,
            Recipient recipient,
            boolean silent,
            Instant now) {
        boolean together = slot.kind() == Slot.Kind.QUIET;
        if (together && survivors.size() + counted.size() > 1) {
            merge(slot, survivors, counted, recipient, now);
        } else {
            for (Message message : survivors) {
                tell.deliver(message, recipient, slot.channel(), silent);
                outcome(message, recipient, routed(slot.channel()), now);
            }
        }
    }

    private void merge(
            HeldSlot slot, List<Message> survivors, List<Holds.Counted> counted, Recipient recipient, Instant now) {
        NotificationId id = NotificationId.ofMerged(recipient.id(), slot.id(), slot.firstItem());
        Delivery delivery = compose.merged(id, survivors, counted.size(), recipient, slot.channel());
        boolean followed = survivors.stream().anyMatch(message -> message.isFollowed(slot.channel()));
        outbox.deliver(followed ? delivery.asFollowed() : delivery);
        for (Message message : survivors) {
            outcome(message, recipient, Outcomes.merged(slot.channel(), id), now);
        }
        counted.forEach(one -> counted(one, recipient, Outcomes.merged(slot.channel(), id), now));
        outbox.outcome(NotificationOutcome.of(delivery.notification(), now, List.of(routed(slot.channel()))));
    }

    private void counted(Holds.Counted one, Recipient recipient, ChannelOutcome outcome, Instant now) {
        outbox.outcome(Outcomes.of(one.event(), recipient.id(), now, List.of(outcome)));
    }

    /** What is looked at before its turn, because settings changed, still has to wait for it. */
    private static Turn turn(HeldItem item, Instant now) {
        Instant until = item.waiting().until();
        if (!until.isAfter(now)) {
            return Turn.NOW;
        }
        return switch (item.waiting().gate()) {
            case STEP -> new Turn.At(until);
            case FALLBACK -> new Turn.Fallback();
            default -> Turn.NOW;
        };
    }

    private static Tell.Earlier again(HeldItem item, Passed passed) {
        return new Tell.Earlier(
                passed, item.origin(), item.shownAt(), item.waiting().behind());
    }

    private void outcome(Message message, Recipient recipient, ChannelOutcome outcome, Instant now) {
        outbox.outcome(Outcomes.of(message.event(), recipient.id(), now, List.of(outcome)));
    }

    private static ChannelOutcome routed(Channel channel) {
        return ChannelOutcome.of(channel, OutcomeState.ROUTED, Reason.NONE);
    }
}
