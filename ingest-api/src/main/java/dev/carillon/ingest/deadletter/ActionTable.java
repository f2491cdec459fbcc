package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.schemas.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.dead_letter_action}. */
final class ActionTable {
    private final JdbcClient jdbc;

    ActionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A running action, and behind which letter its next portion begins. */
    record Running(Action action, long place) {}

    /** An action that is done with the transaction that writes it. */
    long one(Action.Kind kind, long letter, @Nullable String reason, ApiKey by, Instant now) {
        return insert(kind, Action.State.DONE, letter, LetterFilter.EVERYTHING, reason, letter, 0, by, now);
    }

    /** An action on many, running from now on. */
    long many(
            Action.Kind kind,
            LetterFilter filter,
            @Nullable String reason,
            long last,
            int perSecond,
            ApiKey by,
            Instant now) {
        return insert(kind, Action.State.RUNNING, null, filter, reason, last, perSecond, by, now);
    }

    private long insert(
            Action.Kind kind,
            Action.State state,
            @Nullable Long letter,
            LetterFilter filter,
            @Nullable String reason,
            long last,
            int perSecond,
            ApiKey by,
            Instant now) {
        return jdbc.sql("""
                INSERT INTO ingest.dead_letter_action (kind, state, key_id, key_name, at, ended_at, letter, filter,
                    reason, last_letter, per_second, next_at)
                VALUES (:kind, :state, :key, :name, :now, :ended, :letter, :filter::jsonb, :reason, :last, :rate, :now)
                RETURNING id
                """)
                .param("kind", kind.code())
                .param("state", state.code())
                .param("key", by.id())
                .param("name", by.name())
                .param("now", Timestamp.from(now))
                .param("ended", state == Action.State.RUNNING ? null : Timestamp.from(now))
                .param("letter", letter)
                .param("filter", new String(Json.write(filter), StandardCharsets.UTF_8))
                .param("reason", reason)
                .param("last", last)
                .param("rate", perSecond)
                .query(Long.class)
                .single();
    }

    Optional<Action> find(long id) {
        return jdbc.sql("SELECT * FROM ingest.dead_letter_action WHERE id = :id")
                .param("id", id)
                .query(ActionTable::row)
                .optional();
    }

    /** The newest first, before an id. */
    List<Action> list(long before, int limit) {
        return jdbc.sql("SELECT * FROM ingest.dead_letter_action WHERE id < :before ORDER BY id DESC LIMIT :limit")
                .param("before", before)
                .param("limit", limit)
                .query(ActionTable::row)
                .list();
    }

    /** One whose next portion is due, locked; what another replica works on is passed over. */
    Optional<Running> lockDue(Action.Kind kind, Instant now) {
        return jdbc.sql("SELECT * FROM ingest.dead_letter_action WHERE state = 'running' AND kind = :kind"
                        + " AND next_at <= :now ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED")
                .param("kind", kind.code())
                .param("now", Timestamp.from(now))
                .query(ActionTable::running)
                .optional();
    }

    /** One that is still running, locked. */
    Optional<Running> lock(long id) {
        return jdbc.sql("SELECT * FROM ingest.dead_letter_action WHERE id = :id AND state = 'running' FOR UPDATE")
                .param("id", id)
                .query(ActionTable::running)
                .optional();
    }

    boolean isAnyRunning() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM ingest.dead_letter_action WHERE state = 'running')")
                .query(Boolean.class)
                .single();
    }

    void add(long id, long done, long obsolete) {
        jdbc.sql("UPDATE ingest.dead_letter_action SET done = done + :done, obsolete = obsolete + :obsolete"
                        + " WHERE id = :id")
                .param("id", id)
                .param("done", done)
                .param("obsolete", obsolete)
                .update();
    }

    /** Behind which letter the next portion begins, and when it is due. */
    void next(long id, long place, Instant next) {
        jdbc.sql("UPDATE ingest.dead_letter_action SET place = :place, next_at = :next WHERE id = :id")
                .param("id", id)
                .param("place", place)
                .param("next", Timestamp.from(next))
                .update();
    }

    /** When the next portion is due. */
    void next(long id, Instant next) {
        jdbc.sql("UPDATE ingest.dead_letter_action SET next_at = :next WHERE id = :id")
                .param("id", id)
                .param("next", Timestamp.from(next))
                .update();
    }

    void done(long id, Instant now) {
        jdbc.sql("UPDATE ingest.dead_letter_action SET state = 'done', ended_at = :now WHERE id = :id")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** False where it is not running any more. */
    boolean stop(long id, ApiKey by, Instant now) {
        return jdbc.sql("UPDATE ingest.dead_letter_action SET state = 'stopped', ended_at = :now, stopped_by = :name"
                                + " WHERE id = :id AND state = 'running'")
                        .param("id", id)
                        .param("name", by.name())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    private static Running running(ResultSet row, int number) throws SQLException {
        return new Running(row(row, number), row.getLong("place"));
    }

    private static Action row(ResultSet row, int number) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new Action(
                row.getLong("id"),
                Action.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Action.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("key_id", UUID.class),
                row.getString("key_name"),
                row.getTimestamp("at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("stopped_by"),
                row.getObject("letter", Long.class),
                Json.mapper().readValue(row.getString("filter"), LetterFilter.class),
                row.getString("reason"),
                row.getLong("last_letter"),
                row.getInt("per_second"),
                row.getLong("done"),
                row.getLong("obsolete"));
    }
}
