package dev.carillon.inapp.retention;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the feeds that may be above the limit, among those of everybody. It goes through an index from one recipient to
 * the next, in small portions between which traffic passes, and reads no row; what is archived counts, so some that it
 * finds are not too long.
 */
final class LongFeeds {
    private static final int PORTION = 500;

    private static final String NEXT = """
            with recursive feeds (recipient) as (
                (select recipient from inapp.feed where recipient > :after and dismissed_at is null
                 order by recipient limit 1)
                union all
                select (select feed.recipient from inapp.feed
                        where feed.recipient > feeds.recipient and feed.dismissed_at is null
                        order by feed.recipient limit 1)
                from feeds where feeds.recipient is not null
            )
            select recipient, exists (select from inapp.feed
                where feed.recipient = feeds.recipient and feed.dismissed_at is null offset :max) as long
            from feeds where recipient is not null limit :portion
            """;

    private final JdbcClient database;
    private final int max;

    LongFeeds(JdbcClient database, int max) {
        this.database = database;
        this.max = max;
    }

    private record Feed(String recipient, boolean isLong) {}

    void forEachPortion(Consumer<List<RecipientId>> action) {
        String after = "";
        List<Feed> portion;
        do {
            portion = next(after);
            action.accept(portion.stream()
                    .filter(Feed::isLong)
                    .map(feed -> new RecipientId(feed.recipient()))
                    .toList());
            after = portion.isEmpty() ? after : portion.getLast().recipient();
        } while (portion.size() == PORTION);
    }

    private List<Feed> next(String after) {
        return database.sql(NEXT)
                .param("after", after)
                .param("max", max)
                .param("portion", PORTION)
                .query((row, number) -> new Feed(row.getString("recipient"), row.getBoolean("long")))
                .list();
    }
}
