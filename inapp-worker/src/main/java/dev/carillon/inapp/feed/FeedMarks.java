package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what a reader did. Every mark is idempotent: the first time stays. */
final class FeedMarks {
    private final JdbcClient database;

    FeedMarks(JdbcClient database) {
        this.database = database;
    }

    /** Reads one, which implies that it was seen. Empty where there is none. */
    Optional<FeedItem> read(FeedKey key, Instant at) {
        return mark("read_at = coalesce(read_at, :now), seen_at = coalesce(seen_at, :now)", key, at);
    }

    Optional<FeedItem> seen(FeedKey key, Instant at) {
        return mark("seen_at = coalesce(seen_at, :now)", key, at);
    }

    /** Leaves a tombstone, so that a repeated delivery does not bring the row back. */
    Optional<FeedItem> dismiss(FeedKey key, Instant at) {
        return mark("dismissed_at = :now", key, at);
    }

    private Optional<FeedItem> mark(String change, FeedKey key, Instant at) {
        return database.sql("update inapp.feed set " + change + " where recipient = :recipient and id = :id and "
                        + Status.PRESENT + " returning *")
                .param("recipient", key.recipient().value())
                .param("id", key.id())
                .param("now", utc(at))
                .query(FeedRowMapper.INSTANCE)
                .optional()
                .map(FeedRow::item);
    }

    /** Reads everything created up to {@code at}. */
    int readAll(RecipientId recipient, Instant at) {
        return database.sql("update inapp.feed set read_at = :now, seen_at = coalesce(seen_at, :now)"
                        + " where recipient = :recipient and read_at is null and created_at <= :now and "
                        + Status.PRESENT)
                .param("recipient", recipient.value())
                .param("now", utc(at))
                .update();
    }

    /** What is neither seen nor archived yet of everything created up to {@code at}. */
    List<UUID> unseen(RecipientId recipient, Instant at) {
        return database.sql("select id from inapp.feed where recipient = :recipient and read_at is null"
                        + " and seen_at is null and archived_at is null and created_at <= :now and " + Status.PRESENT)
                .param("recipient", recipient.value())
                .param("now", utc(at))
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    int seen(RecipientId recipient, List<UUID> ids, Instant at) {
        return database.sql("update inapp.feed set seen_at = :now where recipient = :recipient"
                        + " and id = any(:ids) and seen_at is null and " + Status.PRESENT)
                .param("recipient", recipient.value())
                .param("ids", ids.toArray(UUID[]::new))
                .param("now", utc(at))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
