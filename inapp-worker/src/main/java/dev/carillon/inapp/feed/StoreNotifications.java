package dev.carillon.inapp.feed;

import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.delivery.Delivery;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Stores a batch of deliveries and shows them to whoever is connected. When {@link #store} returns, both are done, and the
 * batch's offsets may be committed; a crash before that repeats the batch, which changes no row and tells clients nothing
 * that they do not know by id and revision.
 */
final class StoreNotifications {
    private final StoreBatch feed;
    private final FeedAnnouncements announcements;
    private final RecordSender records;
    private final FeedLimit limit;
    private final Clock clock;
    private final Timer delivered;

    /** @param delivered from an event's acceptance until it is shown */
    StoreNotifications(
            StoreBatch feed,
            FeedAnnouncements announcements,
            RecordSender records,
            FeedLimit limit,
            Clock clock,
            Timer delivered) {
        this.feed = feed;
        this.announcements = announcements;
        this.records = records;
        this.limit = limit;
        this.clock = clock;
        this.delivered = delivered;
    }

    void store(List<Delivery> batch) throws InterruptedException {
        Instant now = clock.instant();
        List<Delivery> late =
                batch.stream().filter(delivery -> isExpired(delivery, now)).toList();
        List<FeedRow> rows = latestOfEach(batch.stream().filter(delivery -> !isExpired(delivery, now)));
        List<FeedRow> lasting =
                rows.stream().filter(row -> !row.isEphemeral()).sorted().toList();
        Stored stored = feed.store(lasting, now);
        limit.grew(lasting.stream().map(FeedRow::recipient).toList());

        records.sendUntilAcknowledged(Stream.concat(announcements.of(rows, stored), announcements.expired(late, now))
                .toList());
        Instant shown = clock.instant();
        rows.forEach(row -> delivered.record(Duration.between(row.item().rev().acceptedAt(), shown)));
    }

    /** One row per key, in the order of arrival: that is the order in which clients see them. */
    private static List<FeedRow> latestOfEach(Stream<Delivery> deliveries) {
        Map<FeedKey, FeedRow> latest = new LinkedHashMap<>();
        deliveries
                .map(delivery -> new FeedRow(delivery.recipient(), FeedItem.of(delivery)))
                .forEach(row -> {
                    FeedRow before = latest.remove(row.key());
                    latest.put(row.key(), before == null ? row : newer(before, row));
                });
        return List.copyOf(latest.values());
    }

    private static FeedRow newer(FeedRow one, FeedRow other) {
        return other.item().rev().compareTo(one.item().rev()) > 0 ? other : one;
    }

    private static boolean isExpired(Delivery delivery, Instant now) {
        Instant expiry = delivery.notification().expiresAt();
        return expiry != null && !expiry.isAfter(now);
    }
}
