package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts items away and takes them back. What waits on other channels is not touched: nothing of it says that it was read. */
final class ArrangeNotifications {
    private static final Duration LONGEST_SNOOZE = Duration.ofDays(366);

    private final FeedMarks marks;
    private final Screens screens;
    private final Clock clock;

    ArrangeNotifications(FeedMarks marks, Screens screens, Clock clock) {
        this.marks = marks;
        this.screens = screens;
        this.clock = clock;
    }

    FeedItem archive(FeedKey key) {
        return told(key, marks.archive(key, clock.instant()));
    }

    FeedItem unarchive(FeedKey key) {
        return told(key, marks.unarchive(key, clock.instant()));
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
