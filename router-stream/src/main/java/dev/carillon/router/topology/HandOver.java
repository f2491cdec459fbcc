package dev.carillon.router.topology;

import dev.carillon.router.decision.Decision;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.Holds;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands deliveries to their channels and remembers what follows from it: caps count it, windows open behind it. */
final class HandOver {
    private final PartitionState partition;
    private final Emissions emissions;
    private final Compose compose;
    private final Outbox outbox;

    HandOver(PartitionState partition, Emissions emissions, Compose compose, Outbox outbox) {
        this.partition = partition;
        this.emissions = emissions;
        this.compose = compose;
        this.outbox = outbox;
    }

    /**
     * Hands one over and says what its texts lack.
     *
     * @param digest why it waited to go out with others; null where it did not
     */
    List<String> single(
            Message message,
            Recipient recipient,
            Channel channel,
            Decision.Deliver deliver,
            @Nullable DigestKind digest,
            Instant now) {
        Composed composed = compose.single(message, recipient, channel, deliver.silent(), digest);
        Delivery delivery = composed.delivery();
        outbox.deliver(message.isFollowed(channel) ? delivery.asFollowed() : delivery);
        emissions.count(recipient.id(), channel, List.of(message), now);
        replaceHeld(message, recipient.id(), channel, null, now);
        open(recipient.id(), channel, deliver, NotificationId.of(message.event().uid(), recipient.id()), now);
        return composed.warnings();
    }

    /** Hands several over as one delivery. */
    void merged(Delivery delivery, List<Message> messages, List<Decision.Deliver> decisions, Instant now) {
        RecipientId recipient = delivery.recipient();
        boolean followed = messages.stream().anyMatch(message -> message.isFollowed(delivery.channel()));
        outbox.deliver(followed ? delivery.asFollowed() : delivery);
        emissions.count(recipient, delivery.channel(), messages, now);
        messages.forEach(message -> replaceHeld(message, recipient, delivery.channel(), null, now));
        decisions.forEach(one ->
                open(recipient, delivery.channel(), one, delivery.notification().id(), now));
    }

    private void open(
            RecipientId recipient, Channel channel, Decision.Deliver deliver, NotificationId first, Instant now) {
        Decision.Opening opening = deliver.opens();
        if (opening != null) {
            partition.holds().open(recipient, channel, opening, first, now);
        }
    }

    /**
     * Takes out what waits on {@code channel} and is of the same group and older: it is replaced.
     *
     * @param within the slot that {@code message} goes to, where it finds its place by itself; null for none
     */
    void replaceHeld(Message message, RecipientId recipient, Channel channel, @Nullable Long within, Instant now) {
        String group = message.event().labels().group();
        if (group == null) {
            return;
        }
        Holds.Removal removal = partition
                .holds()
                .removeIf(
                        recipient,
                        waiting -> waiting.channel() == channel
                                && group.equals(waiting.item().group())
                                && (within == null || within != waiting.slot())
                                && isOlder(waiting.item(), message));
        Removals.tell(outbox, recipient, removal, HandOver::replaced, now);
    }

    private static boolean isOlder(HeldItem item, Message message) {
        int order = item.acceptedAt().compareTo(message.event().acceptedAt());
        return order == 0 ? item.event().value().compareTo(message.event().uid().value()) < 0 : order < 0;
    }

    static ChannelOutcome replaced(Channel channel) {
        return ChannelOutcome.of(channel, OutcomeState.REPLACED, Reason.SUPERSEDED);
    }
}
