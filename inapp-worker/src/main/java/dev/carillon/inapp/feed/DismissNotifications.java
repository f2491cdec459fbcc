package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * Dismisses: the broker has the activity, so that nothing of it goes out any more elsewhere; then the rows leave the feed,
 * and then the screens.
 */
final class DismissNotifications {
    private static final int PORTION = 500;

    private final FeedReader feed;
    private final Dismissals dismissals;
    private final GoneSubjects gone;
    private final ActivityLog activities;
    private final Screens screens;
    private final Clock clock;

    DismissNotifications(
            FeedReader feed,
            Dismissals dismissals,
            GoneSubjects gone,
            ActivityLog activities,
            Screens screens,
            Clock clock) {
        this.feed = feed;
        this.dismissals = dismissals;
        this.gone = gone;
        this.activities = activities;
        this.screens = screens;
        this.clock = clock;
    }

    /**
     * Dismisses one; again, it changes nothing.
     *
     * @throws ProblemException 404 where there never was such a row, 409 where its mode keeps it
     */
    Marked one(FeedKey key) {
        FeedItem item = feed.item(key).orElse(null);
        if (item == null) {
            if (dismissals.isTombstone(key)) {
                return new Marked("Notification dismissed", 0);
            }
            throw FeedKey.notFound();
        }
        if (item.mode().equals("timeseries")) {
            throw ProblemException.of(HttpStatus.CONFLICT, "not_dismissible", "notification is not dismissible");
        }
        return new Marked("Notification dismissed", dismiss(key.recipient(), () -> List.of(key.id())));
    }

    /** Dismisses those of {@code ids} that are hers and may go. */
    Marked some(RecipientId recipient, List<UUID> ids) {
        int count = dismiss(recipient, () -> dismissals.present(recipient, ids, clock.instant()));
        return new Marked("Notifications dismissed", count);
    }

    Marked group(RecipientId recipient, String group) {
        int count = dismiss(recipient, () -> dismissals.presentInGroup(recipient, group, clock.instant()));
        return new Marked("Notifications dismissed", count);
    }

    /** One, on behalf of its recipient; it may not have arrived yet. */
    void inAdvance(RecipientId recipient, NotificationId notification) {
        Instant now = clock.instant();
        FeedKey key = new FeedKey(recipient, notification.value());
        activities.acknowledge(new Activity.Dismissed(recipient, List.of(notification), now));
        dismissals.bury(key, now);
        screens.tellDismissed(recipient, List.of(key.id()));
    }

    /** What of a group was accepted up to {@code at}, on behalf of its recipient. */
    void groupInAdvance(RecipientId recipient, String group, Instant at) {
        dismissals.buryGroup(recipient, group, at);
        dismiss(recipient, () -> dismissals.acceptedInGroup(recipient, group, at));
    }

    /** Everybody's about a subject that is gone, accepted up to {@code at}; what has not arrived too. */
    void about(SubjectKey subject, Instant at) {
        gone.remember(subject, at);
        dismissAll(subject, at);
    }

    /** Looks again for what was being stored as its subject went, by somebody who could not know. */
    void aboutAgain() {
        gone.refresh();
        for (GoneSubjects.Gone one : gone.take()) {
            dismissAll(one.subject(), one.at());
            gone.settle(one);
        }
    }

    /** In portions, each acknowledged and gone. */
    private void dismissAll(SubjectKey subject, Instant at) {
        List<FeedKey> portion = dismissals.about(subject, at, PORTION);
        while (!portion.isEmpty()) {
            Instant now = clock.instant();
            Map<RecipientId, List<UUID>> feeds = portion.stream()
                    .collect(Collectors.groupingBy(
                            FeedKey::recipient, Collectors.mapping(FeedKey::id, Collectors.toList())));
            activities.acknowledgeAll(feeds.entrySet().stream()
                    .map(feed -> dismissed(feed.getKey(), feed.getValue(), now))
                    .toList());
            dismissals.dismiss(portion, now);
            feeds.forEach(screens::tellDismissed);
            portion = dismissals.about(subject, at, PORTION);
        }
    }

    private static Activity dismissed(RecipientId recipient, List<UUID> ids, Instant now) {
        return new Activity.Dismissed(
                recipient, ids.stream().map(NotificationId::new).toList(), now);
    }

    /** Of one recipient. @return how many were there */
    private int dismiss(RecipientId recipient, Supplier<List<UUID>> which) {
        Instant now = clock.instant();
        List<UUID> ids = which.get();
        if (ids.isEmpty()) {
            return 0;
        }
        activities.acknowledge(ids, some -> new Activity.Dismissed(recipient, some, now));
        int count = dismissals.dismiss(recipient, ids, now);
        screens.tellDismissed(recipient, ids);
        return count;
    }
}
