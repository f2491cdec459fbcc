package dev.carillon.inapp.feed;

import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Leaves of each group only the notification with the highest revision, whatever the order of arrival. It looks at what
 * is stored, not at what has just come, so it may run twice and after any crash.
 */
final class SettleGroups {
    private static final String CANDIDATES =
            "(select distinct recipient, group_name from unnest(:recipients::text[], :groups::text[])"
                    + " as c (recipient, group_name)) as c";

    /** What was dismissed as a whole before it arrived; by its upstream, so of any mode. */
    private static final String DISMISSED = "update inapp.feed set dismissed_at = :now from " + CANDIDATES
            + " join inapp.dismissed_group g on g.recipient = c.recipient and g.group_name = c.group_name"
            + " where feed.recipient = c.recipient and feed.group_name = c.group_name"
            + " and feed.rev_at <= g.dismissed_at and feed.dismissed_at is null";

    private static final String DISMISSED_BEFORE = "select feed.recipient, feed.id, g.dismissed_at from " + CANDIDATES
            + " join inapp.dismissed_group g on g.recipient = c.recipient and g.group_name = c.group_name"
            + " join inapp.feed on feed.recipient = c.recipient and feed.group_name = c.group_name"
            + " where feed.id = any(:ids) and feed.rev_at <= g.dismissed_at";

    private static final String REPLACE = "update inapp.feed set dismissed_at = :now, replaced_by = newest.id from "
            + CANDIDATES + " cross join lateral (select f.id from inapp.feed f where f.recipient = c.recipient"
            + " and f.group_name = c.group_name and f.mode = 'queued'"
            + " order by f.rev_at desc, f.rev_offset desc, f.id limit 1) as newest"
            + " where feed.recipient = c.recipient and feed.group_name = c.group_name and feed.mode = 'queued'"
            + " and feed.dismissed_at is null and feed.id <> newest.id";

    private static final String REPLACED = "select feed.recipient, feed.id, feed.replaced_by, feed.dismissed_at from "
            + CANDIDATES + " join inapp.feed on feed.recipient = c.recipient and feed.group_name = c.group_name"
            + " where feed.replaced_by = any(:ids) or feed.id = any(:ids) and feed.replaced_by is not null";

    private final JdbcClient database;

    SettleGroups(JdbcClient database) {
        this.database = database;
    }

    /** Settles the groups of {@code rows}, which are stored. @return how many rows were dismissed or replaced now */
    int settle(List<FeedRow> rows, Instant now) {
        List<FeedRow> grouped = grouped(rows);
        if (grouped.isEmpty()) {
            return 0;
        }
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        int dismissed = statement(DISMISSED, grouped).param("now", at).update();
        return dismissed + statement(REPLACE, grouped).param("now", at).update();
    }

    /** What {@code rows} have replaced so far, and which of them were replaced themselves. */
    List<Replaced> replaced(List<FeedRow> rows) {
        List<FeedRow> grouped = grouped(rows);
        return grouped.isEmpty()
                ? List.of()
                : among(REPLACED, grouped).query(SettleGroups::replaced).list();
    }

    /** Which of {@code rows} are of a group that was dismissed as a whole; the same whenever it is asked. */
    List<Activity.Dismissed> dismissed(List<FeedRow> rows) {
        List<FeedRow> grouped = grouped(rows);
        return grouped.isEmpty()
                ? List.of()
                : among(DISMISSED_BEFORE, grouped)
                        .query(SettleGroups::dismissed)
                        .list();
    }

    private JdbcClient.StatementSpec among(String sql, List<FeedRow> grouped) {
        return statement(sql, grouped)
                .param("ids", grouped.stream().map(row -> row.item().id()).toArray(UUID[]::new));
    }

    private static List<FeedRow> grouped(List<FeedRow> rows) {
        return rows.stream().filter(row -> row.item().group() != null).toList();
    }

    private JdbcClient.StatementSpec statement(String sql, List<FeedRow> grouped) {
        return database.sql(sql)
                .param(
                        "recipients",
                        grouped.stream().map(row -> row.recipient().value()).toArray(String[]::new))
                .param("groups", grouped.stream().map(row -> row.item().group()).toArray(String[]::new));
    }

    private static Activity.Dismissed dismissed(ResultSet row, int number) throws SQLException {
        return new Activity.Dismissed(
                new RecipientId(row.getString("recipient")),
                List.of(new NotificationId(row.getObject("id", UUID.class))),
                row.getObject("dismissed_at", OffsetDateTime.class).toInstant());
    }

    private static Replaced replaced(ResultSet row, int number) throws SQLException {
        return new Replaced(
                new RecipientId(row.getString("recipient")),
                row.getObject("id", UUID.class),
                row.getObject("replaced_by", UUID.class),
                row.getObject("dismissed_at", OffsetDateTime.class).toInstant());
    }
}
