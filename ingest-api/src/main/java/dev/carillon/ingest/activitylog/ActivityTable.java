package dev.carillon.ingest.activitylog;

import dev.carillon.ingest.activitylog.ActivityRow.About;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** {@code ingest.activity}. */
final class ActivityTable {
    private static final TypeReference<List<About>> SUBJECTS = new TypeReference<>() {};

    /** An event comes once for every partition that has targets of it, and again where it is sent again. */
    private static final String ADD = """
            INSERT INTO ingest.activity (event, day, accepted_at, source, id, type, category, actor, actor_name, subjects,
                log_only)
            SELECT * FROM unnest(:events::uuid[], :days::date[], :accepted::timestamptz[], :sources::text[], :ids::text[],
                :types::text[], :categories::text[], :actors::text[], :names::text[], :subjects::jsonb[], :only::boolean[])
            ON CONFLICT (event, day) DO NOTHING
            RETURNING event
            """;

    private static final String NOT_BY = """
            UPDATE ingest.activity SET actor = :pseudonym, actor_name = NULL WHERE (event, day) IN (
                SELECT event, day FROM ingest.activity WHERE actor = :id LIMIT :most)
            """;

    private static final String NOT_ABOUT = """
            UPDATE ingest.activity SET subjects = (
                SELECT jsonb_agg(CASE WHEN s ->> 'id' = :id
                    THEN jsonb_build_object('type', s ->> 'type', 'id', :pseudonym::text) ELSE s END)
                FROM jsonb_array_elements(subjects) AS s)
            WHERE (event, day) IN (
                SELECT event, day FROM ingest.activity WHERE subjects <> '[]'::jsonb AND subjects @> :subject::jsonb
                LIMIT :most)
            """;

    private static final int PORTION = 1_000;

    private final JdbcClient jdbc;

    ActivityTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds those that are not there; tells which. */
    Set<UUID> add(Collection<ActivityRow> all) {
        if (all.isEmpty()) {
            return Set.of();
        }
        List<ActivityRow> rows = List.copyOf(all);
        return Set.copyOf(jdbc.sql(ADD)
                .param("events", texts(rows, row -> row.event().toString()))
                .param("days", texts(rows, row -> row.day().toString()))
                .param("accepted", texts(rows, row -> row.acceptedAt().toString()))
                .param("sources", texts(rows, row -> clean(row.source())))
                .param("ids", texts(rows, row -> clean(row.id())))
                .param("types", texts(rows, row -> clean(row.type())))
                .param("categories", texts(rows, row -> clean(row.category())))
                .param(
                        "actors",
                        texts(rows, row -> actor(row, actor -> actor.id().value())))
                .param("names", texts(rows, row -> actor(row, actor -> clean(actor.name()))))
                .param("subjects", texts(rows, row -> clean(json(row.subjects()).replace("\\u0000", ""))))
                .param("only", texts(rows, row -> Boolean.toString(row.logOnly())))
                .query((row, number) -> row.getObject("event", UUID.class))
                .list());
    }

    /** The newest first, before a place. */
    List<ActivityRow> list(ActivityQuery query, int limit) {
        ActivityQuery.Place before = query.before();
        return jdbc.sql("SELECT * FROM ingest.activity a WHERE (a.accepted_at, a.event) < (:before, :beforeEvent)"
                        + conditions(query) + " ORDER BY a.accepted_at DESC, a.event DESC LIMIT :limit")
                .param("before", Timestamp.from(before.at()))
                .param("beforeEvent", before.event())
                .param("event", query.event())
                .param("actor", query.actor())
                .param("type", query.type())
                .param("source", query.source())
                .param("subject", query.subject() == null ? null : json(List.of(query.subject())))
                .param("from", timestamp(query.from()))
                .param("to", timestamp(query.to()))
                .param("limit", limit)
                .query(ActivityTable::row)
                .list();
    }

    /** Only what is asked for stands in the statement: each has the plan that fits it. */
    private static String conditions(ActivityQuery query) {
        StringBuilder all = new StringBuilder();
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("a.event = :event", query.event());
        asked.put("a.actor = :actor", query.actor());
        asked.put("a.type = :type", query.type());
        asked.put("a.source = :source", query.source());
        asked.put("a.subjects <> '[]'::jsonb AND a.subjects @> :subject::jsonb", query.subject());
        asked.put("a.accepted_at >= :from", query.from());
        asked.put("a.accepted_at < :to", query.to());
        asked.forEach((condition, value) -> all.append(value == null ? "" : " AND " + condition));
        return all.toString();
    }

    /** What somebody did, or what was done to something that has her id; within a transaction in portions. */
    void of(RecipientId recipient, Consumer<ActivityRow> tell) {
        jdbc.sql("SELECT * FROM ingest.activity WHERE actor = :id OR subjects @> :subject::jsonb"
                        + " ORDER BY accepted_at, event")
                .param("id", recipient.value())
                .param("subject", json(List.of(Map.of("id", recipient.value()))))
                .withFetchSize(PORTION)
                .query(row -> {
                    tell.accept(row(row, 0));
                });
    }

    /** That it was done stays, by whom and to whom does not. In portions, so that no reader waits for long. */
    int pseudonymise(RecipientId recipient, String pseudonym) {
        return repeat(jdbc.sql(NOT_BY).param("pseudonym", pseudonym).param("id", recipient.value()))
                + repeat(jdbc.sql(NOT_ABOUT)
                        .param("pseudonym", pseudonym)
                        .param("id", recipient.value())
                        .param("subject", json(List.of(Map.of("id", recipient.value())))));
    }

    private static int repeat(JdbcClient.StatementSpec portion) {
        portion.param("most", PORTION);
        int all = 0;
        int changed;
        do {
            changed = portion.update();
            all += changed;
        } while (changed == PORTION);
        return all;
    }

    private static ActivityRow row(ResultSet row, int number) throws SQLException {
        String actor = row.getString("actor");
        return new ActivityRow(
                new EventUid(row.getObject("event", UUID.class)),
                row.getTimestamp("accepted_at").toInstant(),
                row.getString("source"),
                row.getString("id"),
                row.getString("type"),
                row.getString("category"),
                actor == null ? null : new Actor(new RecipientId(actor), row.getString("actor_name")),
                Json.mapper().readValue(row.getString("subjects"), SUBJECTS),
                row.getBoolean("log_only"));
    }

    private static @Nullable String actor(ActivityRow row, Function<Actor, @Nullable String> part) {
        Actor actor = row.actor();
        return actor == null ? null : part.apply(actor);
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    /** PostgreSQL has no U+0000, and one event must not stop the others. */
    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    private static @Nullable String[] texts(List<ActivityRow> rows, Function<ActivityRow, @Nullable String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }
}
