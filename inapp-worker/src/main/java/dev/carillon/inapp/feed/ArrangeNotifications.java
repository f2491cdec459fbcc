package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts items away and takes them back. What waits on other channels is not touched: nothing of it says that it was read. */
final class ArrangeNotifications {
    private static final Duration LONGEST_SNOOZE = Duration.ofDays(366);

    private final FeedReader feed;
    private final FeedMarks marks;
    private final ActivityLog activities;
    private final Screens screens;
    private final Consumer<Collection<RecipientId>> grown;
    private final Clock clock;

    /** @param grown is told whose feeds are longer now */
    ArrangeNotifications(
            FeedReader feed,
            FeedMarks marks,
            ActivityLog activities,
            Screens screens,
            Consumer<Collection<RecipientId>> grown,
            Clock clock) {
        this.feed = feed;
        this.marks = marks;
        this.activities = activities;
        this.screens = screens;
        this.grown = grown;
        this.clock = clock;
    }

    /** The item, now archived; the broker has it before the row changes. */
    FeedItem archive(FeedKey key) {
        FeedItem item = feed.item(key).orElseThrow(FeedKey::notFound);
        if (item.state().archivedAt() != null) {
            return item;
        }
        Instant now = clock.instant();
        activities.acknowledge(new Activity.Archived(key.recipient(), List.of(key.notification()), now));
        return told(key, marks.archive(key, now));
    }

    FeedItem unarchive(FeedKey key) {
        FeedItem item = told(key, marks.unarchive(key, clock.instant()));
        grown.accept(List.of(key.recipient()));
        return item;
    }

    /**
     * Puts an item away for a while; it comes back unread and on top.
     *
     * @throws ProblemException 422 where {@code until} is not ahead, or too far
     */
    FeedItem snooze(FeedKey key, Instant until) {
        Instant now = clock.instant();
        if (!until.isAfter(now)) {
            throw ProblemException.invalid("until", "range", "must be in the future");
        }
        if (until.isAfter(now.plus(LONGEST_SNOOZE))) {
            throw ProblemException.invalid(
                    "until", "range", "must be at most " + LONGEST_SNOOZE.toDays() + " days ahead");
        }
        return told(key, marks.snooze(key, now, until));
    }

    private FeedItem told(FeedKey key, Optional<FeedItem> changed) {
        FeedItem item = changed.orElseThrow(FeedKey::notFound);
        screens.tell(key, item.state());
        return item;
    }
}
