package dev.carillon.inapp.retention;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps every feed below its limit. Only the feeds are looked at that this replica has added to since the last time: no
 * other can have grown here.
 */
public final class FeedLimit {
    private static final int AT_ONCE = 500;
    private static final int MOST_REMEMBERED = 100_000;

    /** The newest up to the limit stay; below them a read one is dismissed, an unread one archived. */
    private static final String TRIM = """
            with ranked as (
                select recipient, id, row_number() over (partition by recipient
                           order by (read_at is null) desc, created_at desc, id desc) as place
                from inapp.feed
                where recipient = any(:recipients) and dismissed_at is null and archived_at is null
            )
            update inapp.feed
            set dismissed_at = case when feed.read_at is null then null else :now::timestamptz end,
                archived_at = case when feed.read_at is null then :now::timestamptz end
            from ranked
            where ranked.place > :max and feed.recipient = ranked.recipient and feed.id = ranked.id
            returning feed.dismissed_at is not null as dismissed
            """;

    private final JdbcClient database;
    private final int max;
    private final Clock clock;
    private final Set<RecipientId> grown = ConcurrentHashMap.newKeySet();

    FeedLimit(JdbcClient database, int max, Clock clock) {
        this.database = database;
        this.max = max;
        this.clock = clock;
    }

    /** These feeds have new rows. Above a bound some are forgotten: until they grow again. */
    public void grew(Collection<RecipientId> recipients) {
        if (grown.size() < MOST_REMEMBERED) {
            grown.addAll(recipients);
        }
    }

    /** What was above the limit of its feed. */
    record Trimmed(int dismissed, int archived) {
        int all() {
            return dismissed + archived;
        }
    }

    Trimmed trim() {
        int dismissed = 0;
        int archived = 0;
        List<RecipientId> all = new ArrayList<>(grown);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<RecipientId> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            some.forEach(grown::remove);
            List<Boolean> trimmed = database.sql(TRIM)
                    .param("recipients", some.stream().map(RecipientId::value).toArray(String[]::new))
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("max", max)
                    .query((row, number) -> row.getBoolean("dismissed"))
                    .list();
            int read = Collections.frequency(trimmed, true);
            dismissed += read;
            archived += trimmed.size() - read;
        }
        return new Trimmed(dismissed, archived);
    }
}
