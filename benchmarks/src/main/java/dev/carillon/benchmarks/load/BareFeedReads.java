package dev.carillon.benchmarks.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The floor: what the API asks the database for a count and for a page, by plain JDBC, every column of it read. */
final class BareFeedReads implements FeedReads {
    private static final String PRESENT =
            "%1$s.dismissed_at is null and (%1$s.expires_at is null or %1$s.expires_at > now())"
                    + " and %1$s.archived_at is null and %1$s.snoozed_until is null";

    private static final String UNREAD =
            "select count(*) from inapp.feed where recipient = ? and read_at is null and " + PRESENT.formatted("feed");

    /** A thread is one entry: its newest, with how many it has. */
    private static final String PAGE =
            """
            select feed.*,
                   case when feed.thread is not null then
                       (select count(*) from inapp.feed other where other.recipient = feed.recipient
                            and other.thread = feed.thread and %2$s) end as thread_count
            from inapp.feed
            where feed.recipient = ? and %1$s
              and (feed.thread is null or not exists (
                  select 1 from inapp.feed newer where newer.recipient = feed.recipient and newer.thread = feed.thread
                      and (coalesce(newer.woken_at, newer.created_at), newer.id)
                          > (coalesce(feed.woken_at, feed.created_at), feed.id) and %3$s))
            order by coalesce(feed.woken_at, feed.created_at) desc, feed.id desc limit 21
            """.formatted(PRESENT.formatted("feed"), PRESENT.formatted("other"), PRESENT.formatted("newer"));

    private static final String COUNTS = """
            select count(*) filter (where archived_at is null and snoozed_until is null),
                   count(*) filter (where read_at is null and archived_at is null and snoozed_until is null),
                   count(*) filter (where thread is null and archived_at is null and snoozed_until is null)
                       + count(distinct thread) filter (where archived_at is null and snoozed_until is null)
            from inapp.feed
            where recipient = ? and dismissed_at is null and (expires_at is null or expires_at > now())
            """;

    private final Connection connection;
    private final PreparedStatement unread;
    private final PreparedStatement page;
    private final PreparedStatement counts;

    private BareFeedReads(Connection connection) throws SQLException {
        this.connection = connection;
        unread = connection.prepareStatement(UNREAD);
        page = connection.prepareStatement(PAGE);
        counts = connection.prepareStatement(COUNTS);
    }

    static BareFeedReads connect(Arguments arguments) throws SQLException {
        return new BareFeedReads(
                DriverManager.getConnection(arguments.text("url"), arguments.text("user"), arguments.text("password")));
    }

    @Override
    public void unreadCount(String recipient) throws SQLException {
        read(unread, recipient);
    }

    @Override
    public void firstPage(String recipient) throws SQLException {
        read(page, recipient);
        read(counts, recipient);
    }

    private static void read(PreparedStatement statement, String recipient) throws SQLException {
        statement.setString(1, recipient);
        try (ResultSet rows = statement.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            int read = 0;
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    read += rows.getString(column) == null ? 0 : 1;
                }
            }
            if (read == 0) {
                throw new IllegalStateException(recipient + " has nothing");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
