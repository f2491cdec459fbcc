package dev.carillon.ingest.ledger;

import dev.carillon.ingest.document.Period;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ingest.ledger_count}: how many outcomes of the pipeline there were, by hour, type, channel, state and reason. What
 * recipients did is not among them.
 */
final class LedgerCounts {
    private static final String ADD = """
            INSERT INTO ingest.ledger_count AS c (hour, type, channel, state, reason, number)
            SELECT * FROM unnest(:hours::timestamptz[], :types::text[], :channels::text[], :states::text[],
                :reasons::text[], :numbers::bigint[])
            ON CONFLICT (hour, type, channel, state, reason) DO UPDATE SET number = c.number + excluded.number
            """;

    private final JdbcClient jdbc;

    LedgerCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is counted together; ordered, so that two writers do not wait for each other in a ring. */
    record Kind(String hour, String type, String channel, String state, String reason) implements Comparable<Kind> {
        static Kind of(Instant at, String type, String channel, Step step) {
            return new Kind(
                    at.truncatedTo(ChronoUnit.HOURS).toString(),
                    type,
                    channel,
                    step.state().name().toLowerCase(java.util.Locale.ROOT),
                    step.reason().code());
        }

        @Override
        public int compareTo(Kind other) {
            return String.join("\n", hour, type, channel, state, reason)
                    .compareTo(String.join("\n", other.hour, other.type, other.channel, other.state, other.reason));
        }
    }

    /** Numbers stay a year longer than rows. */
    void forget(LocalDate before) {
        jdbc.sql("DELETE FROM ingest.ledger_count WHERE hour < :before::date")
                .param("before", before.toString())
                .update();
    }

    /** How many outcomes there were in an hour. */
    record Hour(Instant hour, String channel, String state, String reason, long number) {}

    /**
     * The hours that begin in a time, oldest first.
     *
     * @param type null for all of them together
     */
    List<Hour> list(@Nullable String type, Period period) {
        return jdbc.sql("SELECT hour, channel, state, reason, sum(number) AS number FROM ingest.ledger_count"
                        + " WHERE hour >= :from AND hour < :to AND (:type::text IS NULL OR type = :type)"
                        + " GROUP BY hour, channel, state, reason ORDER BY hour, channel, state, reason")
                .param("type", type)
                .param("from", Timestamp.from(period.from()))
                .param("to", Timestamp.from(period.to()))
                .query((row, number) -> new Hour(
                        row.getTimestamp("hour").toInstant(),
                        row.getString("channel"),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getLong("number")))
                .list();
    }

    void add(Map<Kind, Integer> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        List<Map.Entry<Kind, Integer>> all = List.copyOf(new TreeMap<>(numbers).entrySet());
        jdbc.sql(ADD)
                .param("hours", all.stream().map(one -> one.getKey().hour()).toArray(String[]::new))
                .param("types", all.stream().map(one -> one.getKey().type()).toArray(String[]::new))
                .param(
                        "channels",
                        all.stream().map(one -> one.getKey().channel()).toArray(String[]::new))
                .param("states", all.stream().map(one -> one.getKey().state()).toArray(String[]::new))
                .param("reasons", all.stream().map(one -> one.getKey().reason()).toArray(String[]::new))
                .param(
                        "numbers",
                        all.stream().map(one -> one.getValue().toString()).toArray(String[]::new))
                .update();
    }
}
