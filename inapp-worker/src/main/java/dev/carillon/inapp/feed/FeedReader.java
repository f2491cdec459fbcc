package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads single items and counts. What is dismissed or has expired is in none of them. */
final class FeedReader {
    private final JdbcClient database;
    private final Clock clock;

    FeedReader(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Optional<FeedItem> item(FeedKey key) {
        return database.sql("select * from inapp.feed where recipient = :recipient and id = :id and " + Status.PRESENT)
                .param("recipient", key.recipient().value())
                .param("id", key.id())
                .param("now", now())
                .query(FeedRowMapper.INSTANCE)
                .optional()
                .map(FeedRow::item);
    }

    /** Those of {@code keys} that exist and are neither dismissed nor expired. */
    List<FeedRow> rows(Collection<FeedKey> keys) {
        return database.sql("select feed.* from unnest(:recipients::text[], :ids::uuid[]) as k (recipient, id)"
                        + " join inapp.feed on feed.recipient = k.recipient and feed.id = k.id where " + Status.PRESENT)
                .param(
                        "recipients",
                        keys.stream().map(key -> key.recipient().value()).toArray(String[]::new))
                .param("ids", keys.stream().map(FeedKey::id).toArray(UUID[]::new))
                .param("now", now())
                .query(FeedRowMapper.INSTANCE)
                .list();
    }

    /** How many items each of {@code recipients} has not read. */
    Map<RecipientId, Integer> unreadCounts(Collection<RecipientId> recipients) {
        Map<RecipientId, Integer> counts = new HashMap<>();
        recipients.forEach(recipient -> counts.put(recipient, 0));
        database.sql("select recipient, count(*) as unread from inapp.feed where recipient = any(:recipients) and "
                        + Status.PRESENT + " and " + Status.UNREAD.condition() + " group by recipient")
                .param("recipients", recipients.stream().map(RecipientId::value).toArray(String[]::new))
                .param("now", now())
                .query((row, number) -> counts.put(new RecipientId(row.getString("recipient")), row.getInt("unread")))
                .list();
        return counts;
    }

    int unreadCount(RecipientId recipient) {
        return unreadCounts(List.of(recipient)).getOrDefault(recipient, 0);
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
