package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads pages of feeds, with the counts beside them. */
final class FeedLists {
    /** The order of a list: what came back from being snoozed stands where it came back. */
    static final String ORDER = "coalesce($woken_at, $created_at)";

    private final JdbcClient database;
    private final Clock clock;

    FeedLists(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A page of {@code recipient}'s feed, newest first. */
    FeedPage page(RecipientId recipient, ListQuery query) {
        Map<String, Object> parameters = parameters(recipient, query);
        List<FeedItem> items = database.sql(sql(query))
                .params(parameters)
                .query(FeedLists::item)
                .list();
        boolean more = items.size() > query.limit();
        List<FeedItem> shown = more ? items.subList(0, query.limit()) : items;
        String next = more ? Cursor.after(shown.getLast()).encode(recipient) : null;
        return FeedPage.of(query, shown, counts(query.filter(), parameters), next);
    }

    private Map<String, Object> parameters(RecipientId recipient, ListQuery query) {
        Map<String, Object> parameters = new HashMap<>(query.filter().parameters());
        parameters.put("recipient", recipient.value());
        parameters.put("now", clock.instant().atOffset(ZoneOffset.UTC));
        parameters.put("limit", query.limit() + 1);
        parameters.put("offset", query.offset());
        Cursor cursor = query.cursor();
        if (cursor != null) {
            parameters.put("shownAt", cursor.shownAt().atOffset(ZoneOffset.UTC));
            parameters.put("id", cursor.id());
        }
        return parameters;
    }

    /** As the list asks, for tests that look at its plan as well. */
    static String sql(ListQuery query) {
        FeedFilter filter = query.filter();
        String order = ORDER.replace("$", "feed.");
        return "select feed.*, " + (filter.foldsThreads() ? sizeOfThread(filter) : "null::bigint")
                + " as thread_count from inapp.feed where feed.recipient = :recipient and "
                + Status.presentIn("feed") + " and " + filter.conditionIn("feed")
                + (query.cursor() == null ? "" : " and (" + order + ", feed.id) < (:shownAt, :id)")
                + (filter.foldsThreads() ? newestOfItsThread(filter) : "")
                + " order by " + order + " desc, feed.id desc limit :limit offset :offset";
    }

    private static String sizeOfThread(FeedFilter filter) {
        return "case when feed.thread is not null then (select count(*) from inapp.feed other"
                + " where other.recipient = feed.recipient and other.thread = feed.thread and "
                + Status.presentIn("other") + " and " + filter.conditionIn("other") + ") end";
    }

    private static String newestOfItsThread(FeedFilter filter) {
        return " and (feed.thread is null or not exists (select 1 from inapp.feed newer"
                + " where newer.recipient = feed.recipient and newer.thread = feed.thread and ("
                + ORDER.replace("$", "newer.") + ", newer.id) > (" + ORDER.replace("$", "feed.") + ", feed.id) and "
                + Status.presentIn("newer") + " and " + filter.conditionIn("newer") + "))";
    }

    private FeedCounts counts(FeedFilter filter, Map<String, Object> parameters) {
        String matching = filter.conditionIn("feed");
        String entries = filter.foldsThreads()
                ? "count(*) filter (where feed.thread is null and " + matching + ")"
                        + " + count(distinct feed.thread) filter (where " + matching + ")"
                : "count(*) filter (where " + matching + ")";
        return database.sql("select count(*) filter (where " + Status.ACTIVE.condition() + ") as total,"
                        + " count(*) filter (where " + Status.UNREAD.condition() + ") as unread, "
                        + entries + " as filtered from inapp.feed where recipient = :recipient and "
                        + Status.PRESENT)
                .params(parameters)
                .query((row, number) ->
                        new FeedCounts(row.getInt("total"), row.getInt("unread"), row.getInt("filtered")))
                .single();
    }

    private static FeedItem item(ResultSet row, int number) throws SQLException {
        FeedItem item = FeedRowMapper.INSTANCE.mapRow(row, number).item();
        int size = row.getInt("thread_count");
        return row.wasNull() ? item : item.inThreadOf(size);
    }
}
