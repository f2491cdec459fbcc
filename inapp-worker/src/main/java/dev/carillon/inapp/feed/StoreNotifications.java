package dev.carillon.inapp.feed;

import dev.carillon.inapp.retention.FeedLimit;
import dev.carillon.schemas.delivery.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores a batch of deliveries. Once what it says of them is told too, the batch's offsets may be committed; a crash before
 * that repeats the batch, which changes no row and tells clients nothing that they do not know by id and revision.
 */
final class StoreNotifications {
    private final StoreBatch feed;
    private final FeedAnnouncements announcements;
    private final GoneSubjects gone;
    private final FeedLimit limit;
    private final Clock clock;

    StoreNotifications(
            StoreBatch feed, FeedAnnouncements announcements, GoneSubjects gone, FeedLimit limit, Clock clock) {
        this.feed = feed;
        this.announcements = announcements;
        this.gone = gone;
        this.limit = limit;
        this.clock = clock;
    }

    /** Returns when the batch is stored, with what shows it to whoever is connected. */
    Announcement store(List<Delivery> batch) {
        Instant now = clock.instant();
        List<Delivery> late =
                batch.stream().filter(delivery -> isExpired(delivery, now)).toList();
        List<Delivery> due =
                batch.stream().filter(delivery -> !isExpired(delivery, now)).toList();
        Instant oldest = Rest.oldest(due);
        Announcement stored = gone.isAnySince(oldest) ? null : store(Rest.all(due), oldest, late, now);
        if (stored != null) {
            return stored;
        }
        Rest rest = Rest.of(due, gone.among(Rest.subjects(due)));
        return Objects.requireNonNull(store(rest, null, late, now));
    }

    /** Null where nothing is stored, because a subject has gone since {@code oldest}. */
    private @Nullable Announcement store(Rest rest, @Nullable Instant oldest, List<Delivery> late, Instant now) {
        List<FeedRow> rows = latestOfEach(rest.deliveries().stream());
        List<FeedRow> lasting =
                rows.stream().filter(row -> !row.isEphemeral()).sorted().toList();
        Stored stored = feed.storeUnlessGone(lasting, oldest, now);
        if (stored == null) {
            return null;
        }
        limit.grew(lasting.stream().map(FeedRow::recipient).toList());
        // An earlier reading may have stored them, and have ended before it told.
        List<FeedRow> lateRows = latestOfEach(late.stream());

        return new Announcement(
                Stream.of(
                                announcements.of(rows, stored),
                                announcements.replaced(lateRows, feed.replaced(lateRows)),
                                announcements.expired(late, now),
                                announcements.dismissed(rest.dismissed()))
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
