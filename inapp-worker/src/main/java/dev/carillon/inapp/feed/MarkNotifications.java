package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/**
 * Does what readers ask for, always in this order: the broker has the activity, then the row changes, then screens are told.
 * A crash after the first step loses a mark that the client sends again; the other order would let a mail go out for
 * something that was read.
 */
final class MarkNotifications {
    private static final Duration ACTIVITY_LIMIT = Duration.ofSeconds(3);
    private static final int IDS_PER_RECORD = 1_000;

    private final FeedReader feed;
    private final FeedMarks marks;
    private final RecordSender records;
    private final TopicSpec topic;
    private final LiveRecords live;
    private final Clock clock;

    MarkNotifications(
            FeedReader feed, FeedMarks marks, RecordSender records, TopicSpec activity, LiveRecords live, Clock clock) {
        this.feed = feed;
        this.marks = marks;
        this.records = records;
        this.topic = activity;
        this.live = live;
        this.clock = clock;
    }

    /** The item, now read. */
    FeedItem read(FeedKey key) {
        FeedItem item = existing(key);
        if (item.state().read()) {
            return item;
        }
        Instant now = clock.instant();
        acknowledge(new Activity.Read(key.recipient(), ids(key), now));
        FeedItem changed = marks.read(key, now).orElseThrow(MarkNotifications::notFound);
        tell(key, changed.state());
        return changed;
    }

    /** The item, now seen. */
    FeedItem seen(FeedKey key) {
        FeedItem item = existing(key);
        if (item.state().seenAt() != null) {
            return item;
        }
        Instant now = clock.instant();
        acknowledge(new Activity.Seen(key.recipient(), ids(key), now));
        FeedItem changed = marks.seen(key, now).orElseThrow(MarkNotifications::notFound);
        tell(key, changed.state());
        return changed;
    }

    /** Reads everything that is there now. */
    Marked readAll(RecipientId recipient) {
        Instant now = clock.instant();
        acknowledge(new Activity.ReadAll(recipient, now, now));
        int count = marks.readAll(recipient, now);
        if (count > 0) {
            tell(recipient, Map.of("all", true, "is_read", true, "read_at", now, "up_to", now));
        }
        return new Marked("Notifications marked as read", count);
    }

    /** Sees everything that is there now: what opening a bell does. */
    Marked seenAll(RecipientId recipient) {
        Instant now = clock.instant();
        List<UUID> unseen = marks.unseen(recipient, now);
        if (unseen.isEmpty()) {
            return new Marked("Notifications marked as seen", 0);
        }
        acknowledge(seenInPortions(recipient, unseen, now));
        int count = marks.seen(recipient, unseen, now);
        tell(recipient, Map.of("all", true, "seen_at", now, "up_to", now));
        return new Marked("Notifications marked as seen", count);
    }

    /** Removes the item from the feed and from every screen. */
    Marked dismiss(FeedKey key) {
        FeedItem item = existing(key);
        if (item.mode().equals("timeseries")) {
            throw ProblemException.of(HttpStatus.CONFLICT, "not_dismissible", "notification is not dismissible");
        }
        Instant now = clock.instant();
        acknowledge(new Activity.Dismissed(key.recipient(), ids(key), now));
        int count = marks.dismiss(key, now).isPresent() ? 1 : 0;
        tell(key.recipient(), Map.of("id", key.id(), "dismissed", true));
        return new Marked("Notification dismissed", count);
    }

    private FeedItem existing(FeedKey key) {
        return feed.item(key).orElseThrow(MarkNotifications::notFound);
    }

    /** Every portion stays far below what a record may hold. */
    private static List<Activity> seenInPortions(RecipientId recipient, List<UUID> ids, Instant at) {
        List<Activity> portions = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_RECORD) {
            List<UUID> some = ids.subList(from, Math.min(from + IDS_PER_RECORD, ids.size()));
            portions.add(new Activity.Seen(
                    recipient, some.stream().map(NotificationId::new).toList(), at));
        }
        return portions;
    }

    private void acknowledge(Activity done) {
        acknowledge(List.of(done));
    }

    private void acknowledge(List<Activity> done) {
        try {
            records.sendAll(
                    done.stream()
                            .map(activity -> OutgoingRecord.of(topic, activity.recipient(), activity))
                            .toList(),
                    ACTIVITY_LIMIT);
        } catch (BrokerUnavailableException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private void tell(FeedKey key, ReaderState state) {
        var _ = records.send(live.updated(key.recipient(), new StateOf(key.id(), state)));
    }

    private void tell(RecipientId recipient, Map<String, Object> change) {
        var _ = records.send(live.updated(recipient, change));
    }

    private static List<NotificationId> ids(FeedKey key) {
        return List.of(new NotificationId(key.id()));
    }

    private static ProblemException notFound() {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no such notification");
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "broker_unavailable",
                "the change is not recorded; send it again",
                List.of(),
                Duration.ofSeconds(1));
    }
}
