package dev.carillon.inapp.feed;

import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.schemas.delivery.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Stores a batch of deliveries. Once what it says of them is told too, the batch's offsets may be committed; a crash before
 * that repeats the batch, which changes no row and tells clients nothing that they do not know by id and revision.
 */
final class StoreNotifications {
    private final StoreBatch feed;
    private final FeedAnnouncements announcements;
    private final FeedLimit limit;
    private final Clock clock;

    StoreNotifications(StoreBatch feed, FeedAnnouncements announcements, FeedLimit limit, Clock clock) {
        this.feed = feed;
        this.announcements = announcements;
        this.limit = limit;
        this.clock = clock;
    }

    /** Returns when the batch is stored, with what shows it to whoever is connected. */
    Announcement store(List<Delivery> batch) {
        Instant now = clock.instant();
        List<Delivery> late =
                batch.stream().filter(delivery -> isExpired(delivery, now)).toList();
        List<FeedRow> rows = latestOfEach(batch.stream().filter(delivery -> !isExpired(delivery, now)));
        List<FeedRow> lasting =
                rows.stream().filter(row -> !row.isEphemeral()).sorted().toList();
        Stored stored = feed.store(lasting, now);
        limit.grew(lasting.stream().map(FeedRow::recipient).toList());
        // An earlier reading may have stored them, and have ended before it told.
        List<FeedRow> lateRows = latestOfEach(late.stream());

        return new Announcement(
                Stream.of(
                                announcements.of(rows, stored),
                                announcements.replaced(lateRows, feed.replaced(lateRows)),
                                announcements.expired(late, now))
                        .flatMap(records -> records)
                        .toList(),
                rows.stream().map(row -> row.item().rev().acceptedAt()).toList());
    }

    /** One row per key, in the order of arrival: that is the order in which clients see them. */
    private static List<FeedRow> latestOfEach(Stream<Delivery> deliveries) {
        SequencedMap<FeedKey, FeedRow> latest = new LinkedHashMap<>();
        deliveries
                .map(delivery -> new FeedRow(delivery.recipient(), FeedItem.of(delivery)))
                .forEach(row -> {
                    FeedRow before = latest.putIfAbsent(row.key(), row);
                    if (before != null) {
                        latest.putLast(row.key(), newer(before, row));
                    }
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
