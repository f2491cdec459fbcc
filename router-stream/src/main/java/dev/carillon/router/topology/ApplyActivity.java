package dev.carillon.router.topology;

import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.Holds;
import dev.carillon.router.hold.Turns;
import dev.carillon.router.state.Memories;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Remembers what a recipient has read and how she can be reached, and drops what waits and is read already. */
final class ApplyActivity {
    private final PartitionState partition;
    private final Escalation escalation;
    private final Outbox outbox;

    ApplyActivity(PartitionState partition, Escalation escalation, Outbox outbox) {
        this.partition = partition;
        this.escalation = escalation;
        this.outbox = outbox;
    }

    void apply(Activity activity, Instant now) {
        if (partition.erasures().covers(activity.recipient(), activity.at())) {
            return; // done before she was erased, and met behind it
        }
        switch (activity) {
            case Activity.Read read -> read(read.recipient(), read.notifications(), now);
            case Activity.Dismissed dismissed -> read(dismissed.recipient(), dismissed.notifications(), now);
            case Activity.Clicked clicked -> read(clicked.recipient(), List.of(clicked.notification()), now);
            case Activity.Acted acted -> read(acted.recipient(), List.of(acted.notification()), now);
            case Activity.ReadAll all -> readAll(all, now);
            case Activity.Reachable fact -> reachable(fact, now);
            case Activity.Ended ended -> escalation.apply(ended, now);
            case Activity.Unsubscribed ignored -> {
                // Comes back as a new version of her preferences, in order with the events.
            }
            case Activity.Archived ignored -> {
                // Put away is not read either.
            }
            case Activity.Replaced ignored -> {
                // The newer one came by here, and took the older one's place among what waits.
            }
            case Activity.Seen ignored -> {
                // Shown is not read: what waits on other channels still goes out.
            }
        }
    }

    private void read(RecipientId recipient, List<NotificationId> notifications, Instant now) {
        Memories memories = partition.memories();
        memories.put(recipient, memories.of(recipient).withReads(notifications));
        drop(recipient, item -> item.isAmong(notifications), now);
    }

    private void readAll(Activity.ReadAll all, Instant now) {
        RecipientId recipient = all.recipient();
        Memories memories = partition.memories();
        memories.put(recipient, memories.of(recipient).withReadUpTo(all.upTo()));
        partition
                .holds()
                .removeCountedIf(
                        recipient,
                        one -> one.channel() != Channel.INAPP
                                && wasShown(one.counted().shownAt(), all.upTo()))
                .forEach(one -> alreadyRead(one.channel(), one.counted().event(), recipient, now));
        drop(recipient, item -> wasShown(item.shownAt(), all.upTo()), now);
    }

    /** What she has never seen she has not marked as read. */
    private static boolean wasShown(@Nullable Instant shownAt, Instant upTo) {
        return shownAt != null && !shownAt.isAfter(upTo);
    }

    private void alreadyRead(Channel channel, EventUid event, RecipientId recipient, Instant now) {
        var outcome = Outcomes.suppressed(channel, Reason.ALREADY_READ);
        outbox.outcome(Outcomes.of(event, recipient, now, List.of(outcome)));
    }

    private void reachable(Activity.Reachable fact, Instant now) {
        Memories memories = partition.memories();
        memories.put(fact.recipient(), memories.of(fact.recipient()).withReachable(fact.channel(), fact.reachable()));
        if (!fact.reachable()) {
            escalation.apply(fact, now);
        }
    }

    /** The feed keeps what is read: only mails and pushes become pointless, and steps that had not their turn yet. */
    private static boolean isPointless(Holds.Removed waiting, Predicate<HeldItem> which) {
        boolean mayGo = waiting.channel() != Channel.INAPP || Turns.isTurn(waiting.item());
        return mayGo && which.test(waiting.item());
    }

    private void drop(RecipientId recipient, Predicate<HeldItem> which, Instant now) {
        Holds.Removal removal = partition.holds().removeIf(recipient, waiting -> isPointless(waiting, which));
        Removals.tell(outbox, recipient, removal, channel -> Outcomes.suppressed(channel, Reason.ALREADY_READ), now);
    }
}
