package dev.carillon.inapp.retention;

import dev.carillon.inapp.retention.TellRetired.Retired;
import dev.carillon.inapp.ticket.TicketStore;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.notification.LongestWaits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes what is over its time. Every statement takes one small batch and passes over rows that another replica or a user
 * holds, so that several sweeps at once, and traffic, are not disturbed.
 */
final class RetentionSweep {
    private static final int BATCH = 500;

    /** Longer than any delivery can be repeated that was in a feed. */
    private static final Duration TOMBSTONES = Duration.ofDays(30);

    /** As long as anything may be under way to a feed that was accepted before it was dismissed, or its subject went. */
    private static final Duration UNDER_WAY = LongestWaits.UNTIL_ROUTED.plus(Topics.CONTROLS_KEPT);

    /** By then every replica has told its clients what has expired; lists and counts leave it out by themselves. */
    private static final Duration TOLD = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final TellRetired screens;
    private final TicketStore tickets;
    private final RetentionProperties properties;
    private final Clock clock;

    RetentionSweep(
            JdbcClient database,
            TellRetired screens,
            TicketStore tickets,
            RetentionProperties properties,
            Clock clock) {
        this.database = database;
        this.screens = screens;
        this.tickets = tickets;
        this.properties = properties;
        this.clock = clock;
    }

    /** Why a row goes. Metrics have the name in lower case. */
    enum Reason {
        /** Read long ago; archived or not. */
        READ,
        /** Archived long ago, and not read long ago. */
        ARCHIVED,
        /** Of that mode, and old. */
        TIMESERIES,
        /** Of an event that ended at a time. */
        EXPIRED,
        /** The tombstone of what was dismissed, by its reader or as surplus of a long feed. */
        DISMISSED,
        /** The tombstone of a group that was dismissed; no row of the feed. */
        GROUP,
        /** A subject that is gone; no row of the feed. */
        SUBJECT,
        /** A used ticket; no row of the feed. */
        TICKET
    }

    /** One pass over everything. @return how many rows went for which reason; none is not in it */
    Map<Reason, Integer> sweep() {
        Instant now = clock.instant();
        Map<Reason, Integer> gone = new EnumMap<>(Reason.class);
        gone.put(
                Reason.READ,
                retire(
                        "read_at < :before and (snoozed_until is null or archived_at is not null) and dismissed_at is null",
                        now.minus(Duration.ofDays(properties.readDays()))));
        Integer archivedDays = properties.archivedDays();
        if (archivedDays != null) {
            gone.put(Reason.ARCHIVED, retire("archived_at < :before", now.minus(Duration.ofDays(archivedDays))));
        }
        gone.put(
                Reason.TIMESERIES,
                retire(
                        "mode = 'timeseries' and created_at < :before",
                        now.minus(Duration.ofDays(properties.timeseriesDays()))));
        gone.put(Reason.EXPIRED, delete("expires_at < :before", now.minus(TOLD)));
        // What was dismissed before it came has no revision yet.
        gone.put(
                Reason.DISMISSED,
                delete("dismissed_at < :before and rev_at > 'epoch'", now.minus(TOMBSTONES))
                        + delete("dismissed_at < :before", now.minus(UNDER_WAY)));
        gone.put(Reason.GROUP, inBatches(() -> groups(now.minus(UNDER_WAY))));
        gone.put(Reason.SUBJECT, inBatches(() -> subjects(now.minus(UNDER_WAY))));
        gone.put(Reason.TICKET, inBatches(() -> tickets.forget(now, BATCH)));
        gone.values().removeIf(rows -> rows == 0);
        return gone;
    }

    private int groups(Instant before) {
        return database.sql("delete from inapp.dismissed_group where (recipient, group_name) in"
                        + " (select recipient, group_name from inapp.dismissed_group where dismissed_at < :before"
                        + " limit " + BATCH + " for update skip locked)")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    private int subjects(Instant before) {
        return database.sql("delete from inapp.gone_subject where (id, type) in"
                        + " (select id, type from inapp.gone_subject where gone_at < :before"
                        + " limit " + BATCH + " for update skip locked)")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Deletes what somebody may still have on a screen. */
    private int retire(String condition, Instant before) {
        return delete(condition, before, rows -> screens.tell(rows, "deleted", true));
    }

    private int delete(String condition, Instant before) {
        return delete(condition, before, rows -> {});
    }

    private int delete(String condition, Instant before, Consumer<List<Retired>> then) {
        return inBatches(() -> {
            List<Retired> batch = database.sql(
                            "delete from inapp.feed where (recipient, id) in (select recipient, id from inapp.feed"
                                    + " where " + condition + " limit " + BATCH
                                    + " for update skip locked) returning recipient, id")
                    .param("before", before.atOffset(ZoneOffset.UTC))
                    .query(Retired::of)
                    .list();
            then.accept(batch);
            return batch.size();
        });
    }

    /** Repeats {@code batch} until it is not full. @return the sum */
    private static int inBatches(IntSupplier batch) {
        int all = 0;
        int some;
        do {
            some = batch.getAsInt();
            all += some;
        } while (some >= BATCH);
        return all;
    }
}
