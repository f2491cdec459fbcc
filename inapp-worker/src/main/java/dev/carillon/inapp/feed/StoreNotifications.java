package dev.carillon.inapp.feed;

import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Mode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Stores a batch of deliveries and shows them to whoever is connected. When {@link #store} returns, both are done, and the
 * batch's offsets may be committed; a crash before that repeats the batch, which changes no row and tells clients nothing
 * that they do not know by id and revision.
 */
final class StoreNotifications {
    private final FeedWriter feed;
    private final FeedAnnouncements announcements;
    private final RecordSender records;
    private final FeedLimit limit;
    private final Clock clock;

    StoreNotifications(
            FeedWriter feed, FeedAnnouncements announcements, RecordSender records, FeedLimit limit, Clock clock) {
        this.feed = feed;
        this.announcements = announcements;
        this.records = records;
        this.limit = limit;
        this.clock = clock;
    }

    void store(List<Delivery> batch) throws InterruptedException {
        Instant now = clock.instant();
        List<Delivery> late = only(batch, delivery -> isExpired(delivery, now));
        List<Delivery> passing = only(batch, delivery -> !isExpired(delivery, now) && isEphemeral(delivery));
        List<Delivery> lasting = only(batch, delivery -> !isExpired(delivery, now) && !isEphemeral(delivery));
        List<FeedRow> rows = latestOfEach(lasting);
        boolean allNew = feed.upsert(rows) == rows.size();
        limit.grew(rows.stream().map(FeedRow::recipient).toList());

        Stream<OutgoingRecord> stored = allNew ? announcements.shown(rows) : announcements.shownAsTheyAre(rows);
        Stream<OutgoingRecord> ephemeral = announcements.shown(
                passing.stream().map(StoreNotifications::row).toList());
        Stream<OutgoingRecord> expired = announcements.expired(late, now);
        records.sendUntilAcknowledged(
                Stream.of(stored, ephemeral, expired).flatMap(all -> all).toList());
    }

    private static List<Delivery> only(List<Delivery> batch, Predicate<Delivery> condition) {
        return batch.stream().filter(condition).toList();
    }

    /** One row per key, in the order of the keys. */
    private static List<FeedRow> latestOfEach(List<Delivery> deliveries) {
        Map<FeedKey, FeedRow> latest = new HashMap<>();
        for (Delivery delivery : deliveries) {
            FeedRow row = row(delivery);
            latest.merge(row.key(), row, StoreNotifications::newer);
        }
        return latest.values().stream().sorted().toList();
    }

    private static FeedRow newer(FeedRow one, FeedRow other) {
        return other.item().rev().compareTo(one.item().rev()) > 0 ? other : one;
    }

    private static FeedRow row(Delivery delivery) {
        return new FeedRow(delivery.recipient(), FeedItem.of(delivery));
    }

    private static boolean isExpired(Delivery delivery, Instant now) {
        Instant expiry = delivery.notification().expiresAt();
        return expiry != null && !expiry.isAfter(now);
    }

    private static boolean isEphemeral(Delivery delivery) {
        return delivery.notification().labels().mode() == Mode.EPHEMERAL;
    }
}
