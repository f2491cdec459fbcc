package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.delivery.Outcomes;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores a batch of deliveries and shows them to whoever is connected. When {@link #store} returns, both are done, and the
 * batch's offsets may be committed; a crash before that repeats the batch, which changes no row and tells clients nothing
 * that they do not know by id and revision.
 */
final class StoreNotifications {
    private final FeedWriter writer;
    private final FeedReader reader;
    private final LiveRecords live;
    private final RecordSender records;
    private final TopicSpec outcomes;
    private final Clock clock;

    StoreNotifications(
            FeedWriter writer,
            FeedReader reader,
            LiveRecords live,
            RecordSender records,
            TopicSpec outcomes,
            Clock clock) {
        this.writer = writer;
        this.reader = reader;
        this.live = live;
        this.records = records;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    void store(List<Delivery> batch) throws InterruptedException {
        Instant now = clock.instant();
        List<Delivery> current =
                batch.stream().filter(delivery -> !isExpired(delivery, now)).toList();
        List<FeedRow> stored = latestOfEach(current);
        int written = writer.upsert(stored);
        List<FeedRow> shown = written == stored.size() ? stored : asTheyAre(stored);
        List<OutgoingRecord> announcements = new ArrayList<>(batch.size());
        shown.forEach(row -> announcements.add(announce(row)));
        current.stream()
                .filter(StoreNotifications::isEphemeral)
                .forEach(delivery -> announcements.add(announce(row(delivery))));
        announcements.addAll(Outcomes.pack(
                outcomes,
                batch.stream()
                        .filter(delivery -> isExpired(delivery, now))
                        .map(delivery -> expired(delivery, now))
                        .toList()));
        records.sendUntilAcknowledged(announcements);
    }

    /** Some were known already: read or dismissed since, or newer. What is shown is what the feed holds. */
    private List<FeedRow> asTheyAre(List<FeedRow> rows) {
        return reader.rows(rows.stream().map(FeedRow::key).toList());
    }

    private OutgoingRecord announce(FeedRow row) {
        return live.notification(row.recipient(), row.item().id(), row.item().rev(), row.item());
    }

    /** One row per key, in the order of the keys. */
    private static List<FeedRow> latestOfEach(List<Delivery> batch) {
        Map<FeedKey, FeedRow> latest = new HashMap<>();
        for (Delivery delivery : batch) {
            if (!isEphemeral(delivery)) {
                FeedRow row = row(delivery);
                latest.merge(row.key(), row, StoreNotifications::newer);
            }
        }
        return latest.values().stream().sorted().toList();
    }

    private static FeedRow newer(FeedRow one, FeedRow other) {
        return other.item().rev().compareTo(one.item().rev()) > 0 ? other : one;
    }

    private static FeedRow row(Delivery delivery) {
        return new FeedRow(delivery.recipient(), FeedItem.of(delivery));
    }

    private static NotificationOutcome expired(Delivery delivery, Instant now) {
        Notification notification = delivery.notification();
        return new NotificationOutcome(
                notification.id(),
                notification.event(),
                notification.recipient(),
                now,
                List.of(ChannelOutcome.of(Channel.INAPP, OutcomeState.EXPIRED, Reason.EXPIRED)));
    }

    private static boolean isExpired(Delivery delivery, Instant now) {
        Instant expiry = delivery.notification().expiresAt();
        return expiry != null && !expiry.isAfter(now);
    }

    private static boolean isEphemeral(Delivery delivery) {
        return delivery.notification().labels().mode() == Mode.EPHEMERAL;
    }
}
