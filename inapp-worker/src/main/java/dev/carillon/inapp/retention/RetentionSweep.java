package dev.carillon.inapp.retention;

import dev.carillon.inapp.ticket.TicketStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes what is over its time. Every statement takes one small batch and passes over rows that another replica or a user
 * holds, so that several sweeps at once, and traffic, are not disturbed.
 */
final class RetentionSweep {
    private static final int BATCH = 500;

    /** Longer than any delivery can be repeated. */
    private static final Duration TOMBSTONES = Duration.ofDays(30);

    private final JdbcClient database;
    private final TicketStore tickets;
    private final RetentionProperties properties;
    private final Clock clock;

    RetentionSweep(JdbcClient database, TicketStore tickets, RetentionProperties properties, Clock clock) {
        this.database = database;
        this.tickets = tickets;
        this.properties = properties;
        this.clock = clock;
    }

    /** One pass over everything. @return how many rows went */
    int sweep() {
        Instant now = clock.instant();
        int gone =
                delete("read_at < :before and dismissed_at is null", now.minus(Duration.ofDays(properties.readDays())));
        gone += delete("archived_at < :before", now.minus(Duration.ofDays(properties.archivedDays())));
        gone += delete("expires_at < :before", now);
        gone += delete(
                "mode = 'timeseries' and created_at < :before",
                now.minus(Duration.ofDays(properties.timeseriesDays())));
        gone += delete("dismissed_at < :before", now.minus(TOMBSTONES));
        gone += database.sql("delete from inapp.dismissed_group where dismissed_at < :before")
                .param("before", now.minus(TOMBSTONES).atOffset(ZoneOffset.UTC))
                .update();
        gone += tickets.forget(now);
        return gone;
    }

    private int delete(String condition, Instant before) {
        int all = 0;
        int batch;
        do {
            batch = database.sql("delete from inapp.feed where (recipient, id) in (select recipient, id from inapp.feed"
                            + " where " + condition + " limit " + BATCH + " for update skip locked)")
                    .param("before", before.atOffset(ZoneOffset.UTC))
                    .update();
            all += batch;
        } while (batch == BATCH);
        return all;
    }
}
