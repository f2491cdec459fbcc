package dev.carillon.ingest.webhook;

import dev.carillon.ingest.webhook.Message.Result;
import dev.carillon.ingest.webhook.Message.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.webhook_message}: what is sent, and what became of it. */
final class MessageTable {
    private static final String COLUMNS = "endpoint, id, event, recipient, body, created_at, state, attempts, next_at,"
            + " last_status, last_error, settled_at";

    /** For endpoints that are told by now; told twice, the second time is nothing. */
    private static final String INSERT = """
            INSERT INTO ingest.webhook_message
                (endpoint, id, event, recipient, body, created_at, state, attempts, next_at)
            SELECT m.endpoint, m.id, m.event, m.recipient, m.body, m.created_at, 'waiting', 0, m.created_at
            FROM unnest(:endpoints::uuid[], :ids::uuid[], :events::text[], :recipients::text[], :bodies::text[],
                :created::timestamptz[]) WITH ORDINALITY AS m (endpoint, id, event, recipient, body, created_at, n)
            JOIN ingest.webhook_endpoint e ON e.id = m.endpoint AND e.disabled IS NULL
            ORDER BY n
            ON CONFLICT (endpoint, id) DO NOTHING
            """;

    private static final String DUE = """
            SELECT e.id FROM ingest.webhook_endpoint e
            WHERE e.disabled IS NULL AND (e.not_before IS NULL OR e.not_before <= :now)
                AND EXISTS (SELECT FROM ingest.webhook_message m
                    WHERE m.endpoint = e.id AND m.state = 'waiting' AND m.next_at <= :now)
            """;

    private static final String CLAIM = """
            UPDATE ingest.webhook_message SET attempts = attempts + 1, next_at = :until
            WHERE (endpoint, id) = (SELECT m.endpoint, m.id FROM ingest.webhook_message m
                WHERE m.endpoint = :endpoint AND m.state = 'waiting' AND m.next_at <= :now
                    AND EXISTS (SELECT FROM ingest.webhook_endpoint e WHERE e.id = m.endpoint
                        AND e.disabled IS NULL AND (e.not_before IS NULL OR e.not_before <= :now))
                ORDER BY m.next_at, m.number LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING\s""" + COLUMNS;

    /** Only by who made the last attempt. */
    private static final String SETTLE = """
            UPDATE ingest.webhook_message SET state = :state, next_at = :next, last_status = :status,
                last_error = :error, settled_at = :settled
            WHERE endpoint = :endpoint AND id = :id AND attempts = :attempts AND state = 'waiting'
            """;

    private static final String AGAIN = "UPDATE ingest.webhook_message SET state = 'waiting', attempts = 0,"
            + " next_at = :now, settled_at = NULL WHERE endpoint = :endpoint";

    private final JdbcClient jdbc;

    MessageTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        jdbc.sql(INSERT)
                .param(
                        "endpoints",
                        texts(messages, message -> message.endpoint().toString()))
                .param("ids", texts(messages, message -> message.id().toString()))
                .param("events", texts(messages, Message::event))
                .param("recipients", messages.stream().map(Message::recipient).toArray(String[]::new))
                .param("bodies", texts(messages, Message::body))
                .param("created", texts(messages, message -> message.createdAt().toString()))
                .update();
    }

    /** A message of which the first attempt has begun, whether its endpoint is told or not. */
    void insertBegun(Message message) {
        jdbc.sql("INSERT INTO ingest.webhook_message"
                        + " (endpoint, id, event, recipient, body, created_at, state, attempts, next_at)"
                        + " VALUES (:endpoint, :id, :event, :recipient, :body, :created, 'waiting', :attempts, :next)")
                .param("endpoint", message.endpoint())
                .param("id", message.id())
                .param("event", message.event())
                .param("recipient", message.recipient())
                .param("body", message.body())
                .param("created", Timestamp.from(message.createdAt()))
                .param("attempts", message.attempts())
                .param("next", Timestamp.from(message.nextAt()))
                .update();
    }

    /** Endpoints for which something is due, and which do not rest. */
    List<UUID> due(Instant now) {
        return jdbc.sql(DUE)
                .param("now", Timestamp.from(now))
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Begins an attempt of what is due first, which nobody else makes before {@code until}; empty where nothing is due. */
    Optional<Message> claim(UUID endpoint, Instant now, Instant until) {
        return jdbc.sql(CLAIM)
                .param("endpoint", endpoint)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .query(MessageTable::row)
                .optional();
    }

    /** Ends the attempt that made the message so. */
    void settle(Message message) {
        Result last = message.last();
        jdbc.sql(SETTLE)
                .param("endpoint", message.endpoint())
                .param("id", message.id())
                .param("attempts", message.attempts())
                .param("state", message.state().code())
                .param("next", Timestamp.from(message.nextAt()))
                .param("status", last.status())
                .param("error", last.error())
                .param("settled", EndpointTable.timestamp(last.settledAt()))
                .update();
    }

    /** Sends a message anew, whatever became of it. False where there is none of this id. */
    boolean again(UUID endpoint, UUID id, Instant now) {
        return jdbc.sql(AGAIN + " AND id = :id")
                        .param("endpoint", endpoint)
                        .param("id", id)
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    /** Sends anew what died from a time on. */
    int deadAgain(UUID endpoint, Instant since, Instant now) {
        return jdbc.sql(AGAIN + " AND state = 'dead' AND created_at >= :since")
                .param("endpoint", endpoint)
                .param("since", Timestamp.from(since))
                .param("now", Timestamp.from(now))
                .update();
    }

    Optional<Message> find(UUID endpoint, UUID id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.webhook_message WHERE endpoint = :endpoint AND id = :id")
                .param("endpoint", endpoint)
                .param("id", id)
                .query(MessageTable::row)
                .optional();
    }

    /** A message in a list, with its place there. */
    record Listed(long number, Message message) {}

    /** The newest of an endpoint, before a place; {@code state} is null for all. */
    List<Listed> list(UUID endpoint, @Nullable State state, long before, int limit) {
        return jdbc.sql("SELECT number, " + COLUMNS + " FROM ingest.webhook_message"
                        + " WHERE endpoint = :endpoint AND number < :before AND (:state::text IS NULL OR state = :state)"
                        + " ORDER BY number DESC LIMIT :limit")
                .param("endpoint", endpoint)
                .param("state", state == null ? null : state.code())
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> new Listed(row.getLong("number"), row(row, number)))
                .list();
    }

    private static Message row(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getObject("endpoint", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("event"),
                row.getString("recipient"),
                row.getString("body"),
                row.getTimestamp("created_at").toInstant(),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getTimestamp("next_at").toInstant(),
                new Result(
                        row.getObject("last_status", Integer.class),
                        row.getString("last_error"),
                        EndpointTable.instant(row, "settled_at")));
    }

    private static String[] texts(List<Message> messages, Function<Message, String> text) {
        return messages.stream().map(text).toArray(String[]::new);
    }
}
