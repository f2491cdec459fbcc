package dev.carillon.router.topology;

import dev.carillon.platform.tracing.Stage;
import dev.carillon.platform.tracing.TraceSpan;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.router.decision.Candidate;
import dev.carillon.router.decision.Decide;
import dev.carillon.router.decision.Decision;
import dev.carillon.router.decision.Pacing;
import dev.carillon.router.decision.Passed;
import dev.carillon.router.decision.Turn;
import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.HeldSlot;
import dev.carillon.router.hold.Holds;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Releases a slot that is due: each item is decided again, and what survives goes out together. */
final class Release {
    private final PartitionState partition;
    private final Recipients recipients;
    private final Types types;
    private final Tell tell;
    private final Compose compose;
    private final Escalation escalation;
    private final HandOver handOver;
    private final Outbox outbox;
    private final Tracing tracing;

    Release(
            PartitionState partition,
            Recipients recipients,
            Types types,
            Tell tell,
            Compose compose,
            Escalation escalation,
            HandOver handOver,
            Outbox outbox,
            Tracing tracing) {
        this.escalation = escalation;
        this.partition = partition;
        this.recipients = recipients;
        this.types = types;
        this.tell = tell;
        this.compose = compose;
        this.handOver = handOver;
        this.outbox = outbox;
        this.tracing = tracing;
    }

    void release(Due.OfSlot due, Instant now) {
        Holds holds = partition.holds();
        HeldSlot slot = holds.slot(due.recipient(), due.slot());
        if (slot == null || slot.armedDue() != due.millis()) {
            partition.queue().remove(due);
        } else if (slot.due() > now.toEpochMilli()) {
            holds.rearm(due.recipient(), slot);
        } else {
            release(slot, recipients.find(due.recipient()), item -> item.passed(now), now);
        }
    }

    /** Releases a slot before it is due: nothing of it waits any more, and what refuses it still does. */
    void now(HeldSlot slot, RecipientId recipient, Instant now) {
        release(slot, recipients.find(recipient), HeldItem::released, now);
    }

    /** What goes alone is decided behind the others, so that caps have counted these. */
    private void release(HeldSlot slot, Recipient recipient, Function<HeldItem, Passed> how, Instant now) {
        Round round = new Round(slot, recipient, now, new Survivors(takeCounted(slot, recipient, now)));
        List<Alone> alone = new ArrayList<>();
        for (HeldItem item : partition.holds().takeOut(recipient.id(), slot)) {
            Message message = types.message(item);
            if (goesAlone(slot, message)) {
                alone.add(new Alone(item, message));
                round.nameByAnother(item);
            } else {
                round.decide(item, message, how.apply(item));
            }
        }
        round.emit();
        alone.forEach(one -> round.decide(one.item, one.message, how.apply(one.item)));
        round.end();
    }

    /** What never goes out with others. */
    private record Alone(HeldItem item, Message message) {}

    /** One release of a slot. */
    private final class Round {
        private final HeldSlot slot;
        private final Recipient recipient;
        private final Instant now;
        private final Survivors survivors;
        private @Nullable NotificationId name;
        private long heldIn;

        Round(HeldSlot slot, Recipient recipient, Instant now, Survivors survivors) {
            this.slot = slot;
            this.recipient = recipient;
            this.now = now;
            this.survivors = survivors;
            this.name = slot.firstItem();
            this.heldIn = slot.id();
        }

        void decide(HeldItem item, Message message, Passed passed) {
            Channel channel = slot.channel();
            Candidate candidate = tell.candidate(message, recipient, item.origin(), item.shownAt());
            Decision decision =
                    Decide.decide(candidate, channel, turn(item, passed, now), recipient.state(), passed, now);
            escalation.apply(message, recipient.id(), channel, decision, now);
            switch (decision) {
                case Decision.Deliver deliver
                when goesAlone(slot, message) -> single(slot, item, message, deliver, recipient, now);
                case Decision.Deliver deliver -> survivors.add(item, message, deliver);
                case Decision.Hold hold -> {
                    var held = tell.hold(message, recipient, channel, hold, again(item, passed), now);
                    outcome(message, recipient, held, now);
                    heldIn = HeldSlot.id(channel, hold.slot());
                    nameByAnother(item);
                }
                case Decision.Suppress suppress ->
                    outcome(message, recipient, Outcomes.suppressed(channel, suppress), now);
            }
        }

        /** What is not told with the others, and may wait on, may name the next release. */
        void nameByAnother(HeldItem item) {
            name = item.notification().equals(name) ? null : name;
        }

        void emit() {
            if (survivors.count() > 1 && !survivors.messages.isEmpty()) {
                merge(slot, name == null ? survivors.first(recipient) : name, survivors, recipient, now);
            } else if (!survivors.messages.isEmpty()) {
                HeldItem item = survivors.items.getFirst();
                single(slot, item, survivors.messages.getFirst(), survivors.decisions.getFirst(), recipient, now);
            }
        }

        /** What is only counted waits on with the others, where none of them goes out. */
        void end() {
            if (survivors.messages.isEmpty()
                    && !partition.holds().addCounted(recipient.id(), heldIn, survivors.counted)) {
                var refused = Outcomes.suppressed(slot.channel(), Reason.HOLD_LIMIT);
                survivors.counted.forEach(one -> counted(one, recipient, refused, now));
            }
        }
    }

    /** What is only counted in a slot, but for what was cancelled or read meanwhile. */
    private List<Holds.Counted> takeCounted(HeldSlot slot, Recipient recipient, Instant now) {
        List<Holds.Counted> rest = new ArrayList<>();
        for (Holds.Counted one : partition.holds().takeCounted(recipient.id(), slot.id())) {
            Reason refusal = refusal(one, slot.channel(), recipient);
            if (refusal == Reason.NONE) {
                rest.add(one);
            } else {
                counted(one, recipient, Outcomes.suppressed(slot.channel(), refusal), now);
            }
        }
        return rest;
    }

    private Reason refusal(Holds.Counted one, Channel channel, Recipient recipient) {
        if (partition.marks().covers(one.event(), recipient.id())) {
            return Reason.CANCELLED;
        }
        boolean read = channel != Channel.INAPP && recipient.memory().hasRead(one.notification(), one.shownAt());
        return read ? Reason.ALREADY_READ : Reason.NONE;
    }

    private static boolean goesAlone(HeldSlot slot, Message message) {
        return slot.digestKind() == null || message.pacing().neverMerge();
    }

    private void single(
            HeldSlot slot, HeldItem item, Message message, Decision.Deliver deliver, Recipient recipient, Instant now) {
        try (TraceSpan span = begin(message, recipient, List.of())) {
            Message traced = message.traced(span.traceparent());
            List<String> warnings = handOver.single(traced, recipient, slot.channel(), deliver, slot.digestKind(), now);
            partition.told().alone(recipient.id(), slot.channel(), item, now);
            outcome(message, recipient, Outcomes.routed(slot.channel(), warnings), now);
        }
    }

    private void merge(HeldSlot slot, NotificationId name, Survivors survivors, Recipient recipient, Instant now) {
        Channel channel = slot.channel();
        NotificationId id = NotificationId.ofMerged(recipient.id(), slot.id(), name);
        Composed composed;
        Compose.Told told = survivors.told(channel);
        try (TraceSpan span = begin(told.newest(), recipient, survivors.messages)) {
            composed = compose.merged(id, told.traced(span.traceparent()), slot.digestKind(), recipient, channel);
        }
        handOver.merged(composed.delivery(), survivors.messages, survivors.decisions, now);
        partition.told().merged(recipient.id(), channel, survivors.items, survivors.counted, id, now);
        for (Message message : survivors.messages) {
            outcome(message, recipient, Outcomes.merged(channel, id), now);
        }
        survivors.counted.forEach(one -> counted(one, recipient, Outcomes.merged(channel, id), now));
        var routed = Outcomes.routed(channel, composed.warnings());
        outbox.outcome(NotificationOutcome.of(composed.delivery().notification(), now, List.of(routed)));
    }

    private TraceSpan begin(Message message, Recipient recipient, List<Message> together) {
        Event event = message.event();
        List<@Nullable String> others = new ArrayList<>();
        together.forEach(other -> others.add(other.traceparent()));
        return tracing.begin(Stage.RELEASE, message.traceparent(), others)
                .event(event.uid().value(), event.type())
                .notification(NotificationId.of(event.uid(), recipient.id()).value());
    }

    private void counted(Holds.Counted one, Recipient recipient, ChannelOutcome outcome, Instant now) {
        outbox.outcome(Outcomes.of(one.event(), recipient.id(), now, List.of(outcome)));
    }

    /** What is looked at before its turn, because settings changed, still has to wait for it. */
    private static Turn turn(HeldItem item, Passed passed, Instant now) {
        Instant until = item.waiting().until();
        if (passed.released() || !until.isAfter(now)) {
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
                passed, item.origin(), item.shownAt(), item.waiting().behind(), item.beside(), item.toldAs());
    }

    private void outcome(Message message, Recipient recipient, ChannelOutcome outcome, Instant now) {
        outbox.outcome(Outcomes.of(message.event(), recipient.id(), now, List.of(outcome)));
    }

    /** What goes out together. */
    private static final class Survivors {
        private final List<HeldItem> items = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private final List<Decision.Deliver> decisions = new ArrayList<>();
        private final List<Holds.Counted> counted;

        Survivors(List<Holds.Counted> counted) {
            this.counted = counted;
        }

        void add(HeldItem item, Message message, Decision.Deliver deliver) {
            items.add(item);
            messages.add(message);
            decisions.add(deliver);
        }

        int count() {
            return messages.size() + counted.size();
        }

        NotificationId first(Recipient recipient) {
            return NotificationId.of(messages.getFirst().event().uid(), recipient.id());
        }

        /** As many as the type tells one by one on {@code channel}. */
        Compose.Told told(Channel channel) {
            Pacing.Collecting batch = messages.getFirst().pacing().batches().get(channel);
            int most = batch == null ? messages.size() : Math.min(batch.rule().maxItems(), messages.size());
            boolean direct = messages.stream().anyMatch(message -> message.lane() == Lane.DIRECT);
            Lane lane = direct ? Lane.DIRECT : Lane.BULK;
            return new Compose.Told(messages.subList(0, most), count() - most, lane, silent());
        }

        private boolean silent() {
            return IntStream.range(0, messages.size())
                    .allMatch(i ->
                            decisions.get(i).silent() || messages.get(i).event().silent());
        }
    }
}
