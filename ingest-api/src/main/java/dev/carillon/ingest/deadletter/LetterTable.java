package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.deadletter.LetterRow.About;
import dev.carillon.ingest.deadletter.LetterRow.FailedRecord;
import dev.carillon.platform.kafka.OutgoingRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** {@code ingest.dead_letter}. Claims are measured by the database's clock, the one clock that all replicas share. */
final class LetterTable {
    /** What was too large to be kept has neither; an event without data is all headers. */
    private static final String HAS_RECORD = "(d.value IS NOT NULL OR d.headers IS NOT NULL)";

    private static final String ALL = "SELECT * FROM ingest.dead_letter d WHERE ";
    private static final String HEADS = "SELECT d.id, d.channel, d.reason, d.detail, d.at, d.recipient, d.notification,"
            + " d.event, d.type, d.attempts, d.state, d.changed_at, d.action, d.note, " + HAS_RECORD + " AS replayable"
            + " FROM ingest.dead_letter d WHERE ";
    /** Of records that are in memory together, but for the last of them. */
    static final long PORTION_BYTES = 8 * 1024 * 1024;

    private static final int FORGET_AT_ONCE = 5_000;

    private final JdbcClient jdbc;

    LetterTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many letters are alike. */
    record Count(String channel, String reason, long number, Instant oldest, Instant newest) {}

    /** How many letters are open whose records came from one topic. */
    record OpenCount(String channel, String topic, long number) {}

    /** A letter that has been replaying for long: since when, and where its record must be. */
    record Unsettled(long id, Instant claimedAt, TopicPartition place) {}

    void insert(LetterRow letter) {
        jdbc.sql("""
                INSERT INTO ingest.dead_letter (channel, reason, detail, at, topic, partition, record_offset, key, value, headers,
                    recipient, notification, event, type, attempts, changed_at)
                VALUES (:channel, :reason, :detail, :at, :topic, :partition, :offset, :key, :value, :headers,
                    :recipient, :notification, :event, :type, :attempts, :at)
                """)
                .param("channel", letter.channel())
                .param("reason", letter.reason())
                .param("detail", letter.detail())
                .param("at", Timestamp.from(letter.at()))
                .param("topic", letter.record().topic())
                .param("partition", letter.record().partition())
                .param("offset", letter.record().offset())
                .param("key", letter.record().key())
                .param("value", letter.record().value())
                .param("headers", StoredHeaders.write(letter.record().headers()))
                .param("recipient", letter.about().recipient())
                .param("notification", letter.about().notification())
                .param("event", letter.about().event())
                .param("type", letter.about().type())
                .param("attempts", letter.about().attempts())
                .update();
    }

    Optional<LetterRow> find(long id) {
        return jdbc.sql(ALL + "id = :id")
                .param("id", id)
                .query(LetterTable::row)
                .optional();
    }

    /** The letter, locked until the transaction ends. */
    Optional<LetterRow> lock(long id) {
        return jdbc.sql(ALL + "id = :id FOR UPDATE")
                .param("id", id)
                .query(LetterTable::row)
                .optional();
    }

    /** The newest first, before a place. */
    List<LetterHead> list(LetterFilter filter, @Nullable LetterState state, LetterCursor before, int limit) {
        // A state is written out, so that the index of what is open can be used.
        String inState = state == null ? "" : " AND d.state = '" + state.code() + "'";
        return matching(
                        HEADS + "(d.at, d.id) < (:before, :id)" + conditions(filter) + inState
                                + " ORDER BY d.at DESC, d.id DESC LIMIT :limit",
                        filter)
                .param("before", Timestamp.from(before.at()))
                .param("id", before.id())
                .param("limit", limit)
                .query(LetterTable::head)
                .list();
    }

    /** What is open, by channel and reason. */
    List<Count> openCounts() {
        return jdbc.sql("SELECT channel, reason, count(*) AS number, min(at) AS oldest, max(at) AS newest"
                        + " FROM ingest.dead_letter WHERE state = 'open' GROUP BY channel, reason"
                        + " ORDER BY channel, number DESC, reason")
                .query((row, number) -> new Count(
                        row.getString("channel"),
                        row.getString("reason"),
                        row.getLong("number"),
                        row.getTimestamp("oldest").toInstant(),
                        row.getTimestamp("newest").toInstant()))
                .list();
    }

    /** What is open, by channel and the topic of its record. */
    List<OpenCount> openByTopic() {
        return jdbc.sql("SELECT channel, topic, count(*) AS number FROM ingest.dead_letter WHERE state = 'open'"
                        + " GROUP BY channel, topic")
                .query((row, number) ->
                        new OpenCount(row.getString("channel"), row.getString("topic"), row.getLong("number")))
                .list();
    }

    long last() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM ingest.dead_letter")
                .query(Long.class)
                .single();
    }

    /**
     * Open ones with their records behind a place, the oldest first, locked; those that others have locked are passed over.
     * Fewer than {@code limit} where their records are large.
     */
    List<LetterRow> lockOpen(LetterFilter filter, long place, long last, int limit) {
        List<Long> ids = new ArrayList<>();
        AtomicLong bytes = new AtomicLong();
        matching(
                        "SELECT d.id, coalesce(octet_length(d.value), 0) + coalesce(octet_length(d.headers), 0) AS size"
                                + " FROM ingest.dead_letter d WHERE d.state = 'open' AND " + HAS_RECORD
                                + " AND d.id > :place AND d.id <= :last" + conditions(filter)
                                + " ORDER BY d.id LIMIT :limit FOR UPDATE SKIP LOCKED",
                        filter)
                .param("place", place)
                .param("last", last)
                .param("limit", limit)
                .query(row -> {
                    if (bytes.getAndAdd(row.getLong("size")) < PORTION_BYTES) {
                        ids.add(row.getLong("id"));
                    }
                });
        return jdbc.sql(ALL + "d.id = ANY(:ids) ORDER BY d.id")
                .param("ids", ids.toArray(Long[]::new))
                .query(LetterTable::row)
                .list();
    }

    /** Discards open ones that an action means, the oldest first behind a place, and tells which. */
    List<Long> discard(Action action, long place, int limit, Instant now) {
        LetterFilter filter = action.filter();
        return matching(
                        "WITH portion AS MATERIALIZED (SELECT d.id FROM ingest.dead_letter d WHERE d.state = 'open'"
                                + " AND d.id > :place AND d.id <= :last" + conditions(filter)
                                + " ORDER BY d.id LIMIT :limit FOR UPDATE)"
                                + " UPDATE ingest.dead_letter d SET state = 'discarded', changed_at = :now,"
                                + " action = :action, note = :note FROM portion WHERE d.id = portion.id RETURNING d.id",
                        filter)
                .param("place", place)
                .param("last", action.lastLetter())
                .param("limit", limit)
                .param("now", Timestamp.from(now))
                .param("action", action.id())
                .param("note", action.reason())
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    void claim(long id, long action, OutgoingRecord to, Instant now) {
        jdbc.sql("UPDATE ingest.dead_letter SET state = 'replaying', changed_at = :now, action = :action, note = NULL,"
                        + " claimed_at = clock_timestamp(), to_topic = :topic, to_partition = :partition"
                        + " WHERE id = :id")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("action", action)
                .param("topic", to.topic().name())
                .param("partition", to.partition())
                .update();
    }

    void change(long id, LetterState to, @Nullable Long action, @Nullable String note, Instant now) {
        jdbc.sql("UPDATE ingest.dead_letter SET state = :state, changed_at = :now, action = :action, note = :note"
                        + " WHERE id = :id")
                .param("id", id)
                .param("state", to.code())
                .param("now", Timestamp.from(now))
                .param("action", action)
                .param("note", note)
                .update();
    }

    /** Ends the replay of letters that are still replaying, and says in which actions that was, once for each letter. */
    List<Long> settle(List<Long> ids, LetterState to, Instant now) {
        return jdbc.sql("UPDATE ingest.dead_letter SET state = :state, changed_at = :now"
                        + " WHERE id = ANY(:ids) AND state = 'replaying' RETURNING action")
                .param("state", to.code())
                .param("now", Timestamp.from(now))
                .param("ids", ids.toArray(Long[]::new))
                .query((row, number) -> row.getLong("action"))
                .list();
    }

    boolean isReplaying(long action) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM ingest.dead_letter WHERE action = :action AND state = 'replaying')")
                .param("action", action)
                .query(Boolean.class)
                .single();
    }

    List<Unsettled> unsettled(Duration since, int limit) {
        return jdbc.sql("SELECT id, claimed_at, to_topic, to_partition FROM ingest.dead_letter"
                        + " WHERE state = 'replaying' AND claimed_at < clock_timestamp() - :millis * interval '1 ms'"
                        + " ORDER BY claimed_at LIMIT :limit")
                .param("millis", since.toMillis())
                .param("limit", limit)
                .query((row, number) -> new Unsettled(
                        row.getLong("id"),
                        row.getTimestamp("claimed_at").toInstant(),
                        new TopicPartition(row.getString("to_topic"), row.getInt("to_partition"))))
                .list();
    }

    /** Forgets some that were closed before a time; true while there may be more. */
    boolean forgetClosed(Instant before) {
        return jdbc.sql("DELETE FROM ingest.dead_letter WHERE id IN (SELECT id FROM ingest.dead_letter"
                                + " WHERE state NOT IN ('open', 'replaying') AND changed_at < :before LIMIT :limit)")
                        .param("before", Timestamp.from(before))
                        .param("limit", FORGET_AT_ONCE)
                        .update()
                == FORGET_AT_ONCE;
    }

    /** Only what is asked for stands in the statement: each has the plan that fits it. */
    private static String conditions(LetterFilter filter) {
        StringBuilder all = new StringBuilder();
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("d.channel = :channel", filter.channel());
        asked.put("d.reason = :reason", filter.reason());
        asked.put("d.recipient = :recipient", filter.recipient());
        asked.put("d.event = :event", filter.event());
        asked.put("d.at >= :from", filter.from());
        asked.put("d.at < :to", filter.to());
        asked.forEach((condition, value) -> all.append(value == null ? "" : " AND " + condition));
        return all.toString();
    }

    private StatementSpec matching(String sql, LetterFilter filter) {
        return jdbc.sql(sql)
                .param("channel", filter.channel())
                .param("reason", filter.reason())
                .param("recipient", filter.recipient())
                .param("event", filter.event())
                .param("from", timestamp(filter.from()))
                .param("to", timestamp(filter.to()));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }

    private static LetterHead head(ResultSet row, int number) throws SQLException {
        return new LetterHead(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("reason"),
                row.getString("detail"),
                row.getTimestamp("at").toInstant(),
                about(row),
                LetterState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getTimestamp("changed_at").toInstant(),
                row.getObject("action", Long.class),
                row.getString("note"),
                row.getBoolean("replayable"));
    }

    private static About about(ResultSet row) throws SQLException {
        return new About(
                row.getString("recipient"),
                row.getObject("notification", UUID.class),
                row.getObject("event", UUID.class),
                row.getString("type"),
                row.getInt("attempts"));
    }

    private static LetterRow row(ResultSet row, int number) throws SQLException {
        return new LetterRow(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("reason"),
                row.getString("detail"),
                row.getTimestamp("at").toInstant(),
                new FailedRecord(
                        row.getString("topic"),
                        row.getInt("partition"),
                        row.getLong("record_offset"),
                        row.getBytes("key"),
                        row.getBytes("value"),
                        StoredHeaders.read(row.getBytes("headers"))),
                about(row),
                LetterState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getTimestamp("changed_at").toInstant(),
                row.getObject("action", Long.class),
                row.getString("note"));
    }
}
