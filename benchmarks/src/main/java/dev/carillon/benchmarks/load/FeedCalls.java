package dev.carillon.benchmarks.load;

import java.io.IOException;
import java.net.URI;

/** Reads by the calls of the API; people are named by their tokens. */
final class FeedCalls implements FeedReads {
    private static final String FEED = "/api/v1/notifications";
    private static final int OK = 200;

    private final HttpConnection connection;

    FeedCalls(URI origin) throws IOException {
        connection = new HttpConnection(origin, "");
    }

    @Override
    public void unreadCount(String token) throws IOException {
        get(FEED + "/unread-count", token);
    }

    @Override
    public void firstPage(String token) throws IOException {
        get(FEED, token);
        if (connection.count("\"created_at\"") == 0) {
            throw new IllegalStateException("a page is empty: " + connection.answer());
        }
    }

    private void get(String path, String token) throws IOException {
        int status = connection.get(path, token);
        if (status != OK) {
            throw new IllegalStateException(path + " was answered " + status + ": " + connection.answer());
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
