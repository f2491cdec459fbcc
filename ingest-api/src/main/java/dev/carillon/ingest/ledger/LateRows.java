package dev.carillon.ingest.ledger;

import dev.carillon.ingest.reading.DayPartitions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The rows of a day that is about to be dropped and whose story is not over with it: what still waits, as for a time that
 * the event asked for, and what came to its end long after its event was accepted. They move to the day of their last
 * word, those that wait to today. So a row stays for half the retention after its last word at least, and as long as it
 * waits. Portions of the day are read in the order of their keys, so that no statement is long however large the day is.
 */
final class LateRows {
    private static final int PORTION = 10_000;

    private static final String LATEST =
            "(least(greatest(l.updated_at, l.open_until), :now::timestamptz) AT TIME ZONE 'UTC')::date";

    /** Its late rows, and its last one. */
    private static final String NEXT_PORTION =
            "WITH portion AS (SELECT l.recipient, l.notification, l.day, " + LATEST + " AS latest" + """
             FROM ingest.ledger l WHERE l.day < :first::date
                AND (l.recipient, l.notification, l.day) > (:recipient COLLATE "C", :notification::uuid, :day::date)
                ORDER BY l.recipient, l.notification, l.day LIMIT :most),
            judged AS (SELECT p.*, p.latest >= greatest(p.day + :half, :first::date) AS late,
                row_number() OVER (ORDER BY p.recipient, p.notification, p.day) = :most AS last FROM portion p)
            SELECT * FROM judged WHERE late OR last ORDER BY recipient, notification, day
            """;

    /** Of a notification with two rows the newer one stays where it is, and the older one goes. */
    private static final String MOVE =
            "WITH late AS (SELECT l.recipient, l.notification, l.day, " + LATEST + " AS latest" + """
             FROM unnest(:recipients::text[], :notifications::uuid[], :days::date[]) AS k (recipient, notification, day)
                JOIN ingest.ledger l
                    ON l.recipient = k.recipient COLLATE "C" AND l.notification = k.notification AND l.day = k.day
                WHERE l.day < :first::date AND NOT EXISTS (SELECT FROM ingest.ledger n WHERE n.recipient = l.recipient
                    AND n.notification = l.notification AND n.day > l.day)
                FOR UPDATE OF l SKIP LOCKED)
            UPDATE ingest.ledger l SET day = late.latest FROM late
            WHERE l.recipient = late.recipient AND l.notification = late.notification AND l.day = late.day
                AND l.day < :first::date
            RETURNING late.recipient, late.notification, late.day
            """;

    private final JdbcClient jdbc;
    private final DayPartitions days;
    private final TransactionOperations transactions;
    private final int half;
    private final Clock clock;

    LateRows(JdbcClient jdbc, DayPartitions days, TransactionOperations transactions, Duration retention, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.transactions = transactions;
        this.half = (int) Math.max(1, retention.toDays() / 2);
        this.clock = clock;
    }

    private record Key(String recipient, UUID notification, LocalDate day) {
        static final Key BEFORE_ALL = new Key("", new UUID(0, 0), LocalDate.EPOCH);

        static Key of(ResultSet row, int number) throws SQLException {
            return new Key(
                    row.getString("recipient"),
                    row.getObject("notification", UUID.class),
                    row.getObject("day", LocalDate.class));
        }
    }

    /** A row, and the day that it goes to. */
    private record Row(Key key, LocalDate latest) {
        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(Key.of(row, number), row.getObject("latest", LocalDate.class));
        }
    }

    /** @param end the last row of the portion; null where nothing follows it */
    private record Portion(List<Row> late, @Nullable Key end) {}

    /** Moves them out of what {@link DayPartitions#dropOld} drops. */
    void move() {
        Instant now = clock.instant();
        LocalDate first = days.first();
        for (Key at = Key.BEFORE_ALL; at != null; ) {
            Portion portion = portion(at, now, first);
            move(portion.late(), now, first);
            at = portion.end();
        }
    }

    private Portion portion(Key after, Instant now, LocalDate first) {
        List<Row> late = new ArrayList<>();
        List<Key> last = new ArrayList<>();
        jdbc.sql(NEXT_PORTION)
                .param("now", Timestamp.from(now))
                .param("first", first.toString())
                .param("half", half)
                .param("recipient", after.recipient())
                .param("notification", after.notification())
                .param("day", after.day().toString())
                .param("most", PORTION)
                .query(row -> {
                    Row one = Row.of(row, 0);
                    if (row.getBoolean("late")) {
                        late.add(one);
                    }
                    if (row.getBoolean("last")) {
                        last.add(one.key());
                    }
                });
        return new Portion(late, last.isEmpty() ? null : last.getFirst());
    }

    /**
     * Those that somebody writes at this moment follow one by one: who holds one row at a time while waiting for none other
     * stands in nobody's way.
     */
    private void move(List<Row> late, Instant now, LocalDate first) {
        if (late.isEmpty()) {
            return;
        }
        Set<LocalDate> latest = new HashSet<>(late.stream().map(Row::latest).toList());
        // What is written meanwhile moves to today.
        latest.add(LocalDate.ofInstant(now, ZoneOffset.UTC));
        days.make(latest);
        Set<Key> rest = new LinkedHashSet<>(late.stream().map(Row::key).toList());
        rest.removeAll(moveAtOnce(rest, MOVE, now, first));
        rest.forEach(key -> moveAtOnce(Set.of(key), MOVE.replace(" SKIP LOCKED", ""), now, first));
    }

    private Set<Key> moveAtOnce(Set<Key> keys, String sql, Instant now, LocalDate first) {
        Set<Key> moved = transactions.execute(status -> {
            // Each row is looked up by its key, whatever is believed of the table's size.
            jdbc.sql("SET LOCAL enable_seqscan = off").update();
            jdbc.sql("SET LOCAL enable_hashjoin = off").update();
            jdbc.sql("SET LOCAL enable_mergejoin = off").update();
            return jdbc.sql(sql)
                    .param("now", Timestamp.from(now))
                    .param("first", first.toString())
                    .param("recipients", keys.stream().map(Key::recipient).toArray(String[]::new))
                    .param(
                            "notifications",
                            texts(keys.stream().map(Key::notification).toList()))
                    .param("days", texts(keys.stream().map(Key::day).toList()))
                    .query(Key::of)
                    .set();
        });
        return moved == null ? Set.of() : moved;
    }

    private static String[] texts(List<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }
}
