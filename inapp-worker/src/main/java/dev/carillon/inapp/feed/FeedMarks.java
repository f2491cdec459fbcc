package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what a reader did. Every mark is idempotent: the first time stays. */
final class FeedMarks {
    private static final String READ = "read_at = coalesce(read_at, :now), seen_at = coalesce(seen_at, :now)";

    private final JdbcClient database;

    FeedMarks(JdbcClient database) {
        this.database = database;
    }

    /** Reads one, which implies that it was seen. Empty where there is none. */
    Optional<FeedItem> read(FeedKey key, Instant at) {
        return mark(READ, key, at);
    }

    Optional<FeedItem> unread(FeedKey key, Instant at) {
        return mark("read_at = null", key, at);
    }

    Optional<FeedItem> seen(FeedKey key, Instant at) {
        return mark("seen_at = coalesce(seen_at, :now)", key, at);
    }

    /** Archives one; it waits for nothing any more. */
    Optional<FeedItem> archive(FeedKey key, Instant at) {
        return mark(
                "archived_at = coalesce(archived_at, :now), seen_at = coalesce(seen_at, :now), snoozed_until = null",
                key,
                at);
    }

    Optional<FeedItem> unarchive(FeedKey key, Instant at) {
        return mark("archived_at = null", key, at);
    }

    /** Puts one away until {@code until}; from the archive too. */
    Optional<FeedItem> snooze(FeedKey key, Instant at, Instant until) {
        return statement("snoozed_until = :until, archived_at = null, seen_at = coalesce(seen_at, :now)", key, at)
                .param("until", utc(until))
                .query(FeedRowMapper.INSTANCE)
                .optional()
                .map(FeedRow::item);
    }

    /** Records the button that was pressed, which settles the item. */
    Optional<FeedItem> act(FeedKey key, Instant at, String action) {
        return statement("acted = :action, acted_at = :now, " + READ, key, at)
                .param("action", action)
                .query(FeedRowMapper.INSTANCE)
                .optional()
                .map(FeedRow::item);
    }

    /** The item, which nobody else changes until the transaction ends. */
    Optional<FeedItem> locked(FeedKey key, Instant at) {
        return database.sql("select * from inapp.feed where recipient = :recipient and id = :id and " + Status.PRESENT
                        + " for update")
                .param("recipient", key.recipient().value())
                .param("id", key.id())
                .param("now", utc(at))
                .query(FeedRowMapper.INSTANCE)
                .optional()
                .map(FeedRow::item);
    }

    private Optional<FeedItem> mark(String change, FeedKey key, Instant at) {
        return statement(change, key, at)
                .query(FeedRowMapper.INSTANCE)
                .optional()
                .map(FeedRow::item);
    }

    private JdbcClient.StatementSpec statement(String change, FeedKey key, Instant at) {
        return database.sql("update inapp.feed set " + change + " where recipient = :recipient and id = :id and "
                        + Status.PRESENT + " returning *")
                .param("recipient", key.recipient().value())
                .param("id", key.id())
                .param("now", utc(at));
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

    /** Which of {@code ids} are hers and not read. */
    List<UUID> unread(RecipientId recipient, List<UUID> ids, Instant at) {
        return some("select id from inapp.feed where", "read_at is null", recipient, ids, at);
    }

    int read(RecipientId recipient, List<UUID> ids, Instant at) {
        return some("update inapp.feed set " + READ + " where", "read_at is null", recipient, ids, at)
                .size();
    }

    /** What is neither seen nor archived yet of everything created up to {@code at}. */
    List<UUID> unseen(RecipientId recipient, Instant at) {
        return database.sql("select id from inapp.feed where recipient = :recipient and read_at is null"
                        + " and seen_at is null and archived_at is null and created_at <= :now and " + Status.PRESENT)
                .param("recipient", recipient.value())
                .param("now", utc(at))
                .query(FeedMarks::id)
                .list();
    }

    List<UUID> unseen(RecipientId recipient, List<UUID> ids, Instant at) {
        return some("select id from inapp.feed where", "seen_at is null", recipient, ids, at);
    }

    int seen(RecipientId recipient, List<UUID> ids, Instant at) {
        return some("update inapp.feed set seen_at = :now where", "seen_at is null", recipient, ids, at)
                .size();
    }

    /** A client says that it has these: they are not replayed to the next that begins. */
    int acknowledge(RecipientId recipient, List<UUID> ids, Instant at) {
        return some("update inapp.feed set acknowledged_at = :now where", "acknowledged_at is null", recipient, ids, at)
                .size();
    }

    private List<UUID> some(String what, String condition, RecipientId recipient, List<UUID> ids, Instant at) {
        return database.sql(what + " recipient = :recipient and id = any(:ids) and " + condition + " and "
                        + Status.PRESENT + (what.startsWith("update") ? " returning id" : ""))
                .param("recipient", recipient.value())
                .param("ids", ids.toArray(UUID[]::new))
                .param("now", utc(at))
                .query(FeedMarks::id)
                .list();
    }

    private static UUID id(ResultSet row, int number) throws SQLException {
        return row.getObject("id", UUID.class);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
