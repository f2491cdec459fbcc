package dev.carillon.benchmarks.inapp;

import dev.carillon.benchmarks.load.Arguments;
import dev.carillon.benchmarks.load.Reporting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The floor of the feed: inserts prepared batches into a copy of its table, with all indexes, each batch committed. */
public final class StoreMain {
    private static final int BATCH = 500;
    private static final int WARMUP_BATCHES = 20;

    private StoreMain() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        int batches = Math.max(1, arguments.number("rows") / BATCH);
        int connections = arguments.number("connections");
        try (Connection connection = connect(arguments);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists floor");
            statement.execute("drop table if exists floor.feed");
            statement.execute("create table floor.feed (like inapp.feed including all)");
        }
        List<FeedBatch> warmup = prepared(WARMUP_BATCHES, arguments);
        List<FeedBatch> measured = prepared(batches, arguments);
        run(arguments, connections, warmup);
        Reporting.measuring();
        long start = System.nanoTime();
        run(arguments, connections, measured);
        double seconds = (System.nanoTime() - start) / 1e9;
        Reporting.result(Map.of("count", batches * BATCH, "seconds", seconds));
    }

    private static List<FeedBatch> prepared(int batches, Arguments arguments) {
        List<FeedBatch> all = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            all.add(FeedBatch.of(BATCH, arguments.number("recipients")));
        }
        return all;
    }

    private static void run(Arguments arguments, int connections, List<FeedBatch> batches)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> running = new ArrayList<>();
            for (int c = 0; c < connections; c++) {
                int first = c;
                running.add(threads.submit(() -> {
                    try (Connection connection = connect(arguments)) {
                        for (int i = first; i < batches.size(); i += connections) {
                            batches.get(i).insert(connection);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static Connection connect(Arguments arguments) throws SQLException {
        return DriverManager.getConnection(arguments.text("url"), arguments.text("user"), arguments.text("password"));
    }
}
