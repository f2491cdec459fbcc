package dev.carillon.ingest.activitylog;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.metric_hour}. */
final class MetricTable {
    private static final String ADD = """
            INSERT INTO ingest.metric_hour AS m (hour, type, metric, number, total)
            SELECT * FROM unnest(:hours::timestamptz[], :types::text[], :metrics::text[], :numbers::bigint[],
                :totals::numeric[])
            ON CONFLICT (type, metric, hour) DO UPDATE SET number = m.number + excluded.number,
                total = m.total + excluded.total
            """;

    private final JdbcClient jdbc;

    MetricTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is summed together; ordered, so that two writers do not wait for each other in a ring. */
    record Kind(String type, String metric, Instant hour) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            int order = type.compareTo(other.type);
            order = order == 0 ? metric.compareTo(other.metric) : order;
            return order == 0 ? hour.compareTo(other.hour) : order;
        }
    }

    /** How many values there were, and their sum. */
    record Sum(long number, BigDecimal total) {
        Sum and(Sum other) {
            return new Sum(number + other.number, total.add(other.total));
        }
    }

    /** The values of an hour. */
    record Hour(Instant hour, String type, String metric, long number, BigDecimal sum) {}

    void add(SortedMap<Kind, Sum> sums) {
        if (sums.isEmpty()) {
            return;
        }
        List<Map.Entry<Kind, Sum>> all = List.copyOf(sums.entrySet());
        jdbc.sql(ADD)
                .param(
                        "hours",
                        all.stream().map(one -> one.getKey().hour().toString()).toArray(String[]::new))
                .param("types", all.stream().map(one -> one.getKey().type()).toArray(String[]::new))
                .param("metrics", all.stream().map(one -> one.getKey().metric()).toArray(String[]::new))
                .param(
                        "numbers",
                        all.stream()
                                .map(one -> Long.toString(one.getValue().number()))
                                .toArray(String[]::new))
                .param(
                        "totals",
                        all.stream()
                                .map(one -> one.getValue().total().toString())
                                .toArray(String[]::new))
                .update();
    }

    /** The hours that begin in a time, oldest first. */
    List<Hour> list(String type, @Nullable String metric, Instant from, Instant to) {
        return jdbc.sql(
                        "SELECT * FROM ingest.metric_hour WHERE type = :type AND (:metric::text IS NULL OR metric = :metric)"
                                + " AND hour >= :from AND hour < :to ORDER BY hour, metric")
                .param("type", type)
                .param("metric", metric)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, number) -> new Hour(
                        row.getTimestamp("hour").toInstant(),
                        row.getString("type"),
                        row.getString("metric"),
                        row.getLong("number"),
                        row.getBigDecimal("total")))
                .list();
    }

    void forget(LocalDate before) {
        jdbc.sql("DELETE FROM ingest.metric_hour WHERE hour < :before::date")
                .param("before", before.toString())
                .update();
    }
}
