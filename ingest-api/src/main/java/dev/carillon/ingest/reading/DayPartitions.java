package dev.carillon.ingest.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A table's partitions, one for each day: made when they are first needed, dropped when they are old enough. */
public final class DayPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(DayPartitions.class);
    /** Any number that nobody else in the schema uses: who makes or drops a partition goes alone. */
    private static final long LOCK = 0x6c6564676572L;

    private final String table;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Duration retention;
    private final Clock clock;
    private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();

    /** @param table of the schema {@code ingest}, without it */
    public DayPartitions(
            String table, JdbcClient jdbc, TransactionOperations transactions, Duration retention, Clock clock) {
        this.table = table;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.retention = retention;
        this.clock = clock;
    }

    /** Whether rows of this day are kept: not those that would be dropped at once. */
    public boolean keeps(LocalDate day) {
        return !day.isBefore(first());
    }

    public void make(Collection<LocalDate> days) {
        for (LocalDate day : days) {
            if (!made.contains(day)) {
                alone("CREATE TABLE IF NOT EXISTS ingest." + name(day) + " PARTITION OF ingest." + table
                        + " FOR VALUES FROM ('" + day + "') TO ('" + day.plusDays(1) + "')");
                made.add(day);
            }
        }
    }

    /** Drops what is older than the retention, with all its rows at once. */
    public void dropOld() {
        LocalDate first = first();
        for (String day : tables()) {
            if (day.compareTo(name(first)) < 0) {
                alone("DROP TABLE IF EXISTS ingest." + day);
                LOG.info("{} is older than {} days and was dropped", day, retention.toDays());
            }
        }
        made.removeIf(day -> day.isBefore(first));
    }

    private List<String> tables() {
        return jdbc.sql("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                        + " WHERE i.inhparent = ('ingest.' || :table)::regclass ORDER BY 1")
                .param("table", table)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** The first day that is kept. */
    public LocalDate first() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(retention.toDays());
    }

    private void alone(String sql) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(row -> {});
            jdbc.sql(sql).update();
        });
    }

    private String name(LocalDate day) {
        return table + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
