package dev.carillon.inapp.feed;

import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Marks items as read or seen, always in this order: the broker has the activity, then the row changes, then screens are
 * told. A crash after the first step loses a mark that the client sends again; the other order would let a mail go out for
 * something that was read.
 */
final class MarkNotifications {
    private final FeedReader feed;
    private final FeedMarks marks;
    private final ActivityLog activities;
    private final Screens screens;
    private final Clock clock;

    MarkNotifications(FeedReader feed, FeedMarks marks, ActivityLog activities, Screens screens, Clock clock) {
        this.feed = feed;
        this.marks = marks;
        this.activities = activities;
        this.screens = screens;
        this.clock = clock;
    }

    /** The item, now read. */
    FeedItem read(FeedKey key) {
        FeedItem item = existing(key);
        if (item.state().read()) {
            return item;
        }
        Instant now = clock.instant();
        activities.acknowledge(new Activity.Read(key.recipient(), List.of(key.notification()), now));
        FeedItem changed = marks.read(key, now).orElseThrow(FeedKey::notFound);
        screens.tell(key, changed.state());
        return changed;
    }

    /** Reads the item whose push or mail was opened; the broker has that already. */
    void follow(Activity.Clicked click) {
        FeedKey key = new FeedKey(click.recipient(), click.notification().value());
        boolean unread = feed.item(key).filter(item -> !item.state().read()).isPresent();
        if (unread) {
            marks.read(key, click.at()).ifPresent(changed -> screens.tell(key, changed.state()));
        }
    }

    /** The item, unread again. What was cancelled on other channels when it was read stays so. */
    FeedItem unread(FeedKey key) {
        FeedItem item = existing(key);
        if (!item.state().read()) {
            return item;
        }
        FeedItem changed = marks.unread(key, clock.instant()).orElseThrow(FeedKey::notFound);
        screens.tell(key, changed.state());
        return changed;
    }

    /** The item, now seen. */
    FeedItem seen(FeedKey key) {
        FeedItem item = existing(key);
        if (item.state().seenAt() != null) {
            return item;
        }
        Instant now = clock.instant();
        activities.acknowledge(new Activity.Seen(key.recipient(), List.of(key.notification()), now));
        FeedItem changed = marks.seen(key, now).orElseThrow(FeedKey::notFound);
        screens.tell(key, changed.state());
        return changed;
    }

    /** Reads everything that is there now. */
    Marked readAll(RecipientId recipient) {
        Instant now = clock.instant();
        activities.acknowledge(new Activity.ReadAll(recipient, now, now));
        int count = marks.readAll(recipient, now);
        if (count > 0) {
            screens.tell(recipient, Map.of("all", true, "is_read", true, "read_at", now, "up_to", now));
        }
        return new Marked("Notifications marked as read", count);
    }

    /** Reads those of {@code ids} that are hers. */
    Marked read(RecipientId recipient, List<UUID> ids) {
        Instant now = clock.instant();
        List<UUID> unread = marks.unread(recipient, ids, now);
        if (unread.isEmpty()) {
            return new Marked("Notifications marked as read", 0);
        }
        activities.acknowledge(unread, some -> new Activity.Read(recipient, some, now));
        int count = marks.read(recipient, unread, now);
        screens.tell(recipient, Map.of("ids", unread, "is_read", true, "read_at", now));
        return new Marked("Notifications marked as read", count);
    }

    /** Sees everything that is there now: what opening a bell does. */
    Marked seenAll(RecipientId recipient) {
        Instant now = clock.instant();
        List<UUID> unseen = marks.unseen(recipient, now);
        if (unseen.isEmpty()) {
            return new Marked("Notifications marked as seen", 0);
        }
        activities.acknowledge(unseen, some -> new Activity.Seen(recipient, some, now));
        int count = marks.seen(recipient, unseen, now);
        screens.tell(recipient, Map.of("all", true, "seen_at", now, "up_to", now));
        return new Marked("Notifications marked as seen", count);
    }

    /** Sees those of {@code ids} that are hers. */
    Marked seen(RecipientId recipient, List<UUID> ids) {
        Instant now = clock.instant();
        List<UUID> unseen = marks.unseen(recipient, ids, now);
        if (unseen.isEmpty()) {
            return new Marked("Notifications marked as seen", 0);
        }
        activities.acknowledge(unseen, some -> new Activity.Seen(recipient, some, now));
        int count = marks.seen(recipient, unseen, now);
        screens.tell(recipient, Map.of("ids", unseen, "seen_at", now));
        return new Marked("Notifications marked as seen", count);
    }

    /** Remembers that a client has those of {@code ids} that are hers. */
    Marked acknowledge(RecipientId recipient, List<UUID> ids) {
        return new Marked("Notifications acknowledged", marks.acknowledge(recipient, ids, clock.instant()));
    }

    private FeedItem existing(FeedKey key) {
        return feed.item(key).orElseThrow(FeedKey::notFound);
    }
}
