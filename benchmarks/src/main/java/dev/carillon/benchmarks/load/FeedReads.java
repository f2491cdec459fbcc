package dev.carillon.benchmarks.load;

import java.io.IOException;
import java.sql.SQLException;

/** A way to read somebody's feed, over a connection of its own. */
interface FeedReads extends AutoCloseable {
    void unreadCount(String person) throws Exception;

    void firstPage(String person) throws Exception;

    @Override
    void close() throws IOException, SQLException;
}
