package dev.carillon.benchmarks.inapp;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.benchmarks.sample.Stamp;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Rows of the feed as arrays, one per column, in the order of the key. */
final class FeedBatch {
    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

    private static final String EXTRA =
            "{\"actor\":null,\"subjects\":[],\"data\":{\"amount\":1280,\"currency\":\"EUR\","
                    + "\"branch\":\"vienna\"},\"actions\":[],\"image\":null,\"silent\":false,\"items\":[],\"more\":0}";

    private static final String INSERT = """
            insert into floor.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, title, body,
                                    action_url, extra)
            select recipient, id, timestamptz 'epoch' + rev_at * interval '1 microsecond', rev_offset,
                   timestamptz 'epoch' + rev_at * interval '1 microsecond', level, priority, mode, title, body,
                   action_url, extra::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                 as new (recipient, id, rev_at, rev_offset, level, priority, mode, title, body, action_url, extra)
            on conflict do nothing
            """;

    private final List<Object[]> columns;

    private FeedBatch(List<Object[]> columns) {
        this.columns = columns;
    }

    static FeedBatch of(int rows, int recipients) {
        Instant now = MachineClock.now();
        List<Delivery> deliveries = LongStream.generate(NUMBER::getAndIncrement)
                .limit(rows)
                .mapToObj(n -> Samples.delivery(Channel.INAPP, "floor-" + n, "r" + n % recipients, now, n))
                .sorted(Comparator.comparing((Delivery row) -> row.recipient().value())
                        .thenComparing(row -> row.notification().id().value()))
                .toList();
        return new FeedBatch(List.of(
                column(deliveries, String[]::new, row -> row.recipient().value()),
                column(deliveries, UUID[]::new, row -> row.notification().id().value()),
                column(deliveries, Long[]::new, row -> Stamp.micros(row.rev().acceptedAt())),
                column(deliveries, Long[]::new, row -> row.rev().offset()),
                column(deliveries, String[]::new, row -> "info"),
                column(deliveries, String[]::new, row -> "normal"),
                column(deliveries, String[]::new, row -> "queued"),
                text(deliveries, Content::title),
                text(deliveries, Content::body),
                text(deliveries, Content::actionUrl),
                column(deliveries, String[]::new, row -> EXTRA)));
    }

    void insert(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            int position = 0;
            for (Object[] column : columns) {
                statement.setArray(++position, connection.createArrayOf(type(column), column));
            }
            statement.executeUpdate();
        }
    }

    private static String type(Object[] column) {
        return switch (column) {
            case UUID[] _ -> "uuid";
            case Long[] _ -> "bigint";
            default -> "text";
        };
    }

    private static Object[] text(List<Delivery> rows, Function<Content, @Nullable String> value) {
        return rows.stream()
                .map(row -> String.valueOf(value.apply(row.notification().content())))
                .toArray(String[]::new);
    }

    private static <T> T[] column(
            List<Delivery> rows, java.util.function.IntFunction<T[]> array, Function<Delivery, T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
