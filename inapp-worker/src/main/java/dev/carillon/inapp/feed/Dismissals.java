package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes rows out of feeds. Each leaves a tombstone, so that a repeated delivery does not bring it back. */
final class Dismissals {
    private static final String DISMISSIBLE = "mode <> 'timeseries'";

    private final JdbcClient database;

    Dismissals(JdbcClient database) {
        this.database = database;
    }

    /** Which of {@code ids} are in her feed and may leave it. */
    List<UUID> present(RecipientId recipient, List<UUID> ids, Instant now) {
        return ids(
                        "select id from inapp.feed where recipient = :recipient and id = any(:ids) and " + DISMISSIBLE
                                + " and " + Status.PRESENT,
                        recipient,
                        now)
                .param("ids", ids.toArray(UUID[]::new))
                .query(Dismissals::id)
                .list();
    }

    List<UUID> presentInGroup(RecipientId recipient, String group, Instant now) {
        return ids(
                        "select id from inapp.feed where recipient = :recipient and group_name = :group and "
                                + DISMISSIBLE + " and " + Status.PRESENT,
                        recipient,
                        now)
                .param("group", group)
                .query(Dismissals::id)
                .list();
    }

    /** Dismisses {@code ids} of one feed. @return how many were there */
    int dismiss(RecipientId recipient, List<UUID> ids, Instant now) {
        return ids(
                        "update inapp.feed set dismissed_at = :now where recipient = :recipient and id = any(:ids)"
                                + " and dismissed_at is null",
                        recipient,
                        now)
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    void dismiss(List<FeedKey> keys, Instant now) {
        database.sql("update inapp.feed set dismissed_at = :now from unnest(:recipients::text[], :ids::uuid[])"
                        + " as k (recipient, id) where feed.recipient = k.recipient and feed.id = k.id"
                        + " and feed.dismissed_at is null")
                .param(
                        "recipients",
                        keys.stream().map(key -> key.recipient().value()).toArray(String[]::new))
                .param("ids", keys.stream().map(FeedKey::id).toArray(UUID[]::new))
                .param("now", utc(now))
                .update();
    }

    /** Whether it was dismissed before, or replaced. */
    boolean isTombstone(FeedKey key) {
        return database.sql("select exists (select 1 from inapp.feed where recipient = :recipient and id = :id"
                        + " and dismissed_at is not null)")
                .param("recipient", key.recipient().value())
                .param("id", key.id())
                .query(Boolean.class)
                .single();
    }

    /** Dismisses a row that may not have arrived yet. */
    void bury(FeedKey key, Instant now) {
        database.sql("insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode,"
                        + " extra, dismissed_at) values (:recipient, :id, 'epoch', 0, :now, 'info', 'normal',"
                        + " 'queued', '{\"subjects\": []}', :now) on conflict (recipient, id) do update"
                        + " set dismissed_at = coalesce(feed.dismissed_at, :now)")
                .param("recipient", key.recipient().value())
                .param("id", key.id())
                .param("now", utc(now))
                .update();
    }

    /** Remembers that everything of a group that was accepted up to {@code at} is dismissed, whenever it arrives. */
    void buryGroup(RecipientId recipient, String group, Instant at) {
        database.sql("insert into inapp.dismissed_group (recipient, group_name, dismissed_at) values"
                        + " (:recipient, :group, :at) on conflict (recipient, group_name) do update"
                        + " set dismissed_at = greatest(dismissed_group.dismissed_at, excluded.dismissed_at)")
                .param("recipient", recipient.value())
                .param("group", group)
                .param("at", utc(at))
                .update();
    }

    /** Of a group, what was accepted up to {@code at}; of any mode. */
    List<UUID> acceptedInGroup(RecipientId recipient, String group, Instant at) {
        return database.sql("select id from inapp.feed where recipient = :recipient and group_name = :group"
                        + " and rev_at <= :at and dismissed_at is null")
                .param("recipient", recipient.value())
                .param("group", group)
                .param("at", utc(at))
                .query(Dismissals::id)
                .list();
    }

    /** At most {@code most} rows of anybody about a subject, accepted up to {@code at}. */
    List<FeedKey> about(SubjectKey subject, Instant at, int most) {
        return database.sql("select recipient, id from inapp.feed where extra -> 'subjects' @> cast(:subject as jsonb)"
                        + " and extra -> 'subjects' <> '[]'::jsonb and dismissed_at is null and rev_at <= :at"
                        + " limit :most")
                .param("subject", FeedFilter.containing(subject.type(), subject.id()))
                .param("at", utc(at))
                .param("most", most)
                .query((row, number) -> new FeedKey(new RecipientId(row.getString("recipient")), id(row, number)))
                .list();
    }

    private JdbcClient.StatementSpec ids(String sql, RecipientId recipient, Instant now) {
        return database.sql(sql).param("recipient", recipient.value()).param("now", utc(now));
    }

    private static UUID id(ResultSet row, int number) throws SQLException {
        return row.getObject("id", UUID.class);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
