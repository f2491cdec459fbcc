package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.Action;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Presses a button that is no link, once. The row is locked meanwhile: of two who press at the same time one is second.
 * The activity is the broker's before the row says so; a crash between the two records the same press again.
 */
final class PressButton {
    private final FeedMarks marks;
    private final ActivityLog activities;
    private final Screens screens;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PressButton(
            FeedMarks marks, ActivityLog activities, Screens screens, TransactionTemplate transaction, Clock clock) {
        this.marks = marks;
        this.activities = activities;
        this.screens = screens;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * The item with what was pressed.
     *
     * @throws ProblemException 404 where it has no such button, 409 where another one was pressed
     */
    FeedItem press(FeedKey key, String action) {
        FeedItem pressed = Objects.requireNonNull(transaction.execute(status -> pressLocked(key, action)));
        screens.tell(key, pressed.state());
        return pressed;
    }

    private FeedItem pressLocked(FeedKey key, String action) {
        Instant now = clock.instant();
        FeedItem item = marks.locked(key, now).orElseThrow(FeedKey::notFound);
        boolean known = item.extra().actions().stream().anyMatch(button -> isPressable(button, action));
        if (!known) {
            throw ProblemException.of(HttpStatus.NOT_FOUND, "the notification has no such action");
        }
        String before = item.state().acted();
        if (action.equals(before)) {
            return item;
        }
        if (before != null) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT, "already_acted", "another action was taken before: " + before);
        }
        activities.acknowledge(new Activity.Acted(key.recipient(), key.notification(), action, now));
        return marks.act(key, now, action).orElseThrow(FeedKey::notFound);
    }

    private static boolean isPressable(Action button, String action) {
        return button.id().equals(action) && button.url() == null;
    }
}
