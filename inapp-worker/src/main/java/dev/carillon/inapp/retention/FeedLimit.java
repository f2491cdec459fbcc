package dev.carillon.inapp.retention;

import dev.carillon.inapp.retention.TellRetired.Retired;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps every feed below its limit. Only the feeds are looked at that have grown at this replica since the last time. The first
 * time, after a failure, and after more have grown than are remembered, {@link LongFeeds} finds them among all.
 */
public final class FeedLimit {
    /** Feeds that a statement ranks. */
    private static final int AT_ONCE = 20;

    /** Rows that it takes out of them. */
    private static final int BATCH = 500;

    private static final int MOST_REMEMBERED = 100_000;

    /**
     * The newest up to the limit stay, in the order of the lists: what was snoozed is as new as its waking. Below them a
     * read one is dismissed, an unread one archived. What somebody else holds stays until its feed grows again.
     */
    private static final String TRIM = """
            with ranked as (
                select recipient, id, row_number() over (partition by recipient
                           order by (read_at is null) desc, coalesce(woken_at, created_at) desc, id desc) as place
                from inapp.feed
                where recipient = any(:recipients) and dismissed_at is null and archived_at is null
                    and snoozed_until is null
            ), surplus as (
                select feed.recipient, feed.id
                from ranked join inapp.feed on feed.recipient = ranked.recipient and feed.id = ranked.id
                where feed.recipient = any(:recipients) and ranked.place > :max and feed.dismissed_at is null and feed.archived_at is null
                    and feed.snoozed_until is null
                limit :batch for update of feed skip locked
            )
            update inapp.feed
            set dismissed_at = case when feed.read_at is null then null else :now::timestamptz end,
                archived_at = case when feed.read_at is null then :now::timestamptz end
            from surplus
            where feed.recipient = surplus.recipient and feed.id = surplus.id
            returning feed.recipient, feed.id, feed.dismissed_at is not null as dismissed
            """;

    private final JdbcClient database;
    private final LongFeeds all;
    private final TellRetired screens;
    private final int max;
    private final Clock clock;
    private final Set<RecipientId> grown = ConcurrentHashMap.newKeySet();
    private volatile boolean forgetful = true;

    FeedLimit(JdbcClient database, TellRetired screens, int max, Clock clock) {
        this.database = database;
        this.all = new LongFeeds(database, max);
        this.screens = screens;
        this.max = max;
        this.clock = clock;
    }

    /** These feeds have new rows, or rows that are back from where they did not count. */
    public void grew(Collection<RecipientId> recipients) {
        if (grown.size() < MOST_REMEMBERED) {
            grown.addAll(recipients);
        } else {
            forgetful = true;
        }
    }

    /** What was above the limit of its feed. */
    record Trimmed(int dismissed, int archived) {
        int all() {
            return dismissed + archived;
        }

        Trimmed and(Trimmed other) {
            return new Trimmed(dismissed + other.dismissed, archived + other.archived);
        }
    }

    Trimmed trim() {
        try {
            if (forgetful) {
                forgetful = false;
                all.forEachPortion(grown::addAll);
            }
            return trimGrown();
        } catch (RuntimeException e) {
            forgetful = true;
            throw e;
        }
    }

    private Trimmed trimGrown() {
        Trimmed trimmed = new Trimmed(0, 0);
        List<RecipientId> feeds = new ArrayList<>(grown);
        for (int from = 0; from < feeds.size(); from += AT_ONCE) {
            List<RecipientId> some = feeds.subList(from, Math.min(from + AT_ONCE, feeds.size()));
            some.forEach(grown::remove);
            Trimmed batch;
            do {
                batch = trim(some);
                trimmed = trimmed.and(batch);
            } while (batch.all() >= BATCH);
        }
        return trimmed;
    }

    private record Row(Retired which, boolean dismissed) {
        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(Retired.of(row, number), row.getBoolean("dismissed"));
        }
    }

    private Trimmed trim(List<RecipientId> feeds) {
        Instant now = clock.instant();
        List<Row> rows = database.sql(TRIM)
                .param("recipients", feeds.stream().map(RecipientId::value).toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("max", max)
                .param("batch", BATCH)
                .query(Row::of)
                .list();
        List<Retired> dismissed =
                rows.stream().filter(Row::dismissed).map(Row::which).toList();
        List<Retired> archived =
                rows.stream().filter(row -> !row.dismissed()).map(Row::which).toList();
        screens.tell(dismissed, "dismissed", true);
        screens.tell(archived, "archived_at", now);
        return new Trimmed(dismissed.size(), archived.size());
    }
}
