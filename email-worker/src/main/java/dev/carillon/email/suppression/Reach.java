package dev.carillon.email.suppression;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the router which recipients mail does not reach, and when it does again, so that it need not send what is only
 * skipped. Written down first: what the broker did not acknowledge is told later.
 */
final class Reach {
    private static final Logger LOG = LoggerFactory.getLogger(Reach.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int AT_ONCE = 200;

    /** Nothing changes for whom the router has heard it already. */
    private static final String UNREACHABLE = """
        insert into email.reach as r (recipient, address, reachable, changed_at)
        values (:recipient, :address, false, :at)
        on conflict (recipient) do update
        set address = :address, reachable = false, published = r.published and not r.reachable, changed_at = :at
        where r.reachable or r.address <> :address
        """;

    private final JdbcClient jdbc;
    private final RecordSender records;
    private final TopicSpec activity;
    private final Clock clock;

    Reach(JdbcClient jdbc, RecordSender records, TopicSpec activity, Clock clock) {
        this.jdbc = jdbc;
        this.records = records;
        this.activity = activity;
        this.clock = clock;
    }

    /** A recipient of whom the router has heard that mail does not reach her. */
    record Unreachable(RecipientId recipient, String address) {}

    private record Row(RecipientId recipient, boolean reachable, Timestamp changedAt) {}

    void unreachable(RecipientId recipient, String address) {
        int changed = jdbc.sql(UNREACHABLE)
                .param("recipient", recipient.value())
                .param("address", address)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        if (changed > 0) {
            tell();
        }
    }

    /** Everybody whose mail went to {@code address}. */
    void lifted(String address) {
        reachable("address = :value", address);
    }

    /** Somebody who is mailed at another address by now. */
    void moved(RecipientId recipient) {
        reachable("recipient = :value", recipient.value());
    }

    private void reachable(String which, String value) {
        int changed = jdbc.sql("update email.reach set reachable = true, published = false, changed_at = :at"
                        + " where not reachable and " + which)
                .param("value", value)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        if (changed > 0) {
            tell();
        }
    }

    List<Unreachable> of(Collection<RecipientId> recipients) {
        return jdbc.sql("select recipient, address from email.reach where not reachable and recipient ="
                        + " any(:recipients)")
                .param("recipients", recipients.stream().map(RecipientId::value).toArray(String[]::new))
                .query((row, number) -> new Unreachable(new RecipientId(row.getString(1)), row.getString(2)))
                .list();
    }

    void forget(RecipientId recipient) {
        jdbc.sql("delete from email.reach where recipient = :recipient")
                .param("recipient", recipient.value())
                .update();
    }

    private void tell() {
        try {
            boolean _ = publishLeftBehind();
        } catch (BrokerUnavailableException e) {
            LOG.warn("the router is told later whom mail reaches: {}", e.getMessage());
        }
    }

    /** Tells a portion of what the router has not heard; true where there may be more. */
    boolean publishLeftBehind() {
        List<Row> rows = jdbc.sql("select recipient, reachable, changed_at from email.reach where not published"
                        + " order by changed_at limit :limit")
                .param("limit", AT_ONCE)
                .query((row, number) ->
                        new Row(new RecipientId(row.getString(1)), row.getBoolean(2), row.getTimestamp(3)))
                .list();
        if (rows.isEmpty()) {
            return false;
        }
        try {
            records.sendAll(rows.stream().map(this::record).toList(), LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted before the broker acknowledged", e);
        }
        rows.forEach(this::published);
        return rows.size() == AT_ONCE;
    }

    private OutgoingRecord record(Row row) {
        return OutgoingRecord.of(
                activity,
                row.recipient(),
                new Activity.Reachable(
                        row.recipient(),
                        Channel.EMAIL,
                        row.reachable(),
                        row.changedAt().toInstant()));
    }

    /** What changed again meanwhile is told again. */
    private void published(Row row) {
        String same = " where recipient = :recipient and changed_at = :at and reachable = :reachable";
        String statement =
                row.reachable() ? "delete from email.reach" + same : "update email.reach set published = true" + same;
        jdbc.sql(statement)
                .param("recipient", row.recipient().value())
                .param("at", row.changedAt())
                .param("reachable", row.reachable())
                .update();
    }
}
