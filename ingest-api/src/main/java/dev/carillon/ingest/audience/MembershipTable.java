package dev.carillon.ingest.audience;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.membership}: the source of truth of who is in which audience. Rows are changed in order of their key. */
final class MembershipTable {
    /** Who is a member already stays one since then, and gets no new version. */
    private static final String ADD = """
            INSERT INTO ingest.membership AS m (recipient, audience, version, since)
            SELECT r, :audience, nextval('ingest.version'), :now FROM unnest(:recipients::text[]) AS r ORDER BY r COLLATE "C"
            ON CONFLICT (recipient, audience) DO UPDATE SET
                version = nextval('ingest.version'), since = :now, deleted_at = NULL
            WHERE m.deleted_at IS NOT NULL
            """;

    private static final String REMOVE = """
            WITH leaving AS (
                SELECT recipient, audience FROM ingest.membership
                WHERE audience = :audience AND recipient = ANY(:recipients) AND deleted_at IS NULL
                ORDER BY recipient FOR UPDATE)
            UPDATE ingest.membership AS m SET version = nextval('ingest.version'), deleted_at = :now
            FROM leaving WHERE m.recipient = leaving.recipient AND m.audience = leaving.audience
            """;

    private static final String LIST = "SELECT " + MembershipRow.COLUMNS + " FROM ingest.membership"
            + " WHERE audience = :audience AND recipient > :after AND deleted_at IS NULL"
            + " ORDER BY recipient LIMIT :limit";

    private final JdbcClient jdbc;

    MembershipTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many were no members before. */
    int add(AudienceId audience, Collection<RecipientId> recipients, Instant now) {
        return change(ADD, audience, recipients, now);
    }

    /** How many were members before. */
    int remove(AudienceId audience, Collection<RecipientId> recipients, Instant now) {
        return change(REMOVE, audience, recipients, now);
    }

    /** The next members after an id, in the order of their ids' bytes. */
    List<MembershipRow> list(AudienceId audience, String after, int limit) {
        return jdbc.sql(LIST)
                .param("audience", audience.value())
                .param("after", after)
                .param("limit", limit)
                .query(MembershipRow::of)
                .list();
    }

    /** What somebody is a member of herself. */
    List<AudienceId> of(RecipientId member) {
        return jdbc.sql("SELECT audience FROM ingest.membership WHERE recipient = :recipient AND deleted_at IS NULL")
                .param("recipient", member.value())
                .query((row, number) -> new AudienceId(row.getString("audience")))
                .list();
    }

    /** Ends all memberships of somebody; tells all that she has rows of, also those that she had left. */
    List<AudienceId> leaveAll(RecipientId recipient, Instant now) {
        jdbc.sql("UPDATE ingest.membership SET version = nextval('ingest.version'), deleted_at = :now"
                        + " WHERE recipient = :recipient AND deleted_at IS NULL")
                .param("recipient", recipient.value())
                .param("now", Timestamp.from(now))
                .update();
        return jdbc.sql("SELECT audience FROM ingest.membership WHERE recipient = :recipient ORDER BY audience")
                .param("recipient", recipient.value())
                .query((row, number) -> new AudienceId(row.getString(1)))
                .list();
    }

    /** Removes the rows of ended memberships that are published as such. */
    int forget(RecipientId recipient) {
        return jdbc.sql("DELETE FROM ingest.membership WHERE recipient = :recipient AND deleted_at IS NOT NULL"
                        + " AND published = version")
                .param("recipient", recipient.value())
                .update();
    }

    private int change(String sql, AudienceId audience, Collection<RecipientId> recipients, Instant now) {
        if (recipients.isEmpty()) {
            return 0;
        }
        return jdbc.sql(sql)
                .param("audience", audience.value())
                .param("recipients", recipients.stream().map(RecipientId::value).toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }
}
