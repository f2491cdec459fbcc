package dev.carillon.ingest.schedule;

import dev.carillon.ingest.schedule.Schedule.Past;
import dev.carillon.ingest.schedule.Schedule.State;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.EventUid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** {@code ingest.schedule}. */
final class ScheduleTable {
    private static final String COLUMNS = "id, name, source, event::text AS event, rule, starts, time_zone, state,"
            + " next_local, fired, last_at, last_event, last_error, created_at";

    private static final String INSERT = """
            INSERT INTO ingest.schedule
                (id, name, source, event, rule, starts, time_zone, state, next_local, next_at, fired, created_at)
            VALUES (:id, :name, :source, :event::jsonb, :rule, :starts, :zone, :state, :next, :at, 0, :created)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String UPDATE = """
            UPDATE ingest.schedule SET state = :state, next_local = :next, next_at = :at, fired = :fired,
                last_at = :lastAt, last_event = :lastEvent, last_error = :lastError
            WHERE id = :id
            """;

    private static final String LIST = "SELECT " + COLUMNS + " FROM ingest.schedule"
            + " WHERE id > :after AND (:any OR source = ANY(:sources)) ORDER BY id LIMIT :limit";

    private static final String LOCK_DUE = "SELECT " + COLUMNS + " FROM ingest.schedule"
            + " WHERE state = 'active' AND next_at <= :now ORDER BY next_at LIMIT :limit FOR UPDATE SKIP LOCKED";

    private final JdbcClient jdbc;

    ScheduleTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Says whether it is new. */
    boolean insert(Schedule schedule) {
        return jdbc.sql(INSERT)
                        .param("id", schedule.id())
                        .param("name", schedule.name())
                        .param("source", schedule.source())
                        .param("event", Json.mapper().writeValueAsString(schedule.event()))
                        .param("rule", schedule.recurrence().rule().toString())
                        .param("starts", schedule.recurrence().start())
                        .param("zone", schedule.recurrence().zone())
                        .param("state", schedule.state().code())
                        .param("next", schedule.next())
                        .param("at", firesAt(schedule))
                        .param("created", Timestamp.from(schedule.createdAt()))
                        .update()
                == 1;
    }

    Optional<Schedule> find(UUID id) {
        return one("SELECT " + COLUMNS + " FROM ingest.schedule WHERE id = :id", id);
    }

    /** Nobody else fires or changes it before the caller's transaction ends. */
    Optional<Schedule> lock(UUID id) {
        return one("SELECT " + COLUMNS + " FROM ingest.schedule WHERE id = :id FOR UPDATE", id);
    }

    /** Some whose time has come and that nobody else is firing. */
    List<Schedule> lockDue(Instant now, int limit) {
        return jdbc.sql(LOCK_DUE)
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query(ScheduleTable::schedule)
                .list();
    }

    /** @param sources only theirs; empty means all */
    List<Schedule> list(Collection<String> sources, UUID after, int limit) {
        return jdbc.sql(LIST)
                .param("after", after)
                .param("any", sources.isEmpty())
                .param("sources", sources.toArray(String[]::new))
                .param("limit", limit)
                .query(ScheduleTable::schedule)
                .list();
    }

    /** Writes what changes in the life of a schedule. */
    void update(Schedule schedule) {
        Past past = schedule.past();
        jdbc.sql(UPDATE)
                .param("id", schedule.id())
                .param("state", schedule.state().code())
                .param("next", schedule.next())
                .param("at", firesAt(schedule))
                .param("fired", past.fired())
                .param("lastAt", past.lastAt() == null ? null : Timestamp.from(past.lastAt()))
                .param(
                        "lastEvent",
                        past.lastEvent() == null ? null : past.lastEvent().value())
                .param("lastError", past.lastError())
                .update();
    }

    /** Those whose event names somebody anywhere, also in its texts; locked. Looks through all. */
    List<Schedule> lockNaming(String quoted) {
        return naming(quoted, " FOR UPDATE");
    }

    /** The same, not locked. */
    List<Schedule> naming(String quoted) {
        return naming(quoted, "");
    }

    private List<Schedule> naming(String quoted, String lock) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.schedule WHERE position(:quoted in event::text) > 0"
                        + " ORDER BY id" + lock)
                .param("quoted", quoted)
                .query(ScheduleTable::schedule)
                .list();
    }

    void replaceEvent(UUID id, JsonNode event) {
        jdbc.sql("UPDATE ingest.schedule SET event = :event::jsonb WHERE id = :id")
                .param("id", id)
                .param("event", Json.mapper().writeValueAsString(event))
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("DELETE FROM ingest.schedule WHERE id = :id").param("id", id).update();
    }

    private Optional<Schedule> one(String sql, UUID id) {
        return jdbc.sql(sql).param("id", id).query(ScheduleTable::schedule).optional();
    }

    private static @Nullable Timestamp firesAt(Schedule schedule) {
        Instant at = schedule.nextAt();
        return at == null ? null : Timestamp.from(at);
    }

    private static Schedule schedule(ResultSet row, int number) throws SQLException {
        UUID lastEvent = row.getObject("last_event", UUID.class);
        Timestamp lastAt = row.getTimestamp("last_at");
        return new Schedule(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("source"),
                Json.mapper().readTree(row.getString("event")),
                Recurrence.parse(
                        row.getString("rule"),
                        row.getObject("starts", LocalDateTime.class),
                        row.getString("time_zone")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("next_local", LocalDateTime.class),
                new Past(
                        row.getLong("fired"),
                        lastAt == null ? null : lastAt.toInstant(),
                        lastEvent == null ? null : new EventUid(lastEvent),
                        row.getString("last_error")),
                row.getTimestamp("created_at").toInstant());
    }
}
