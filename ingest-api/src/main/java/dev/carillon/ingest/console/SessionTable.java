package dev.carillon.ingest.console;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.console_session}. */
final class SessionTable {
    private final JdbcClient jdbc;

    SessionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param csrf what every request must repeat in a header, which pages of other origins cannot */
    record Row(UUID key, String csrf, Instant createdAt, Instant seenAt) {}

    void insert(String hash, Row row) {
        jdbc.sql("INSERT INTO ingest.console_session (hash, key_id, csrf, created_at, seen_at)"
                        + " VALUES (:hash, :key, :csrf, :created, :seen)")
                .param("hash", hash)
                .param("key", row.key())
                .param("csrf", row.csrf())
                .param("created", Timestamp.from(row.createdAt()))
                .param("seen", Timestamp.from(row.seenAt()))
                .update();
    }

    Optional<Row> find(String hash) {
        return jdbc.sql("SELECT key_id, csrf, created_at, seen_at FROM ingest.console_session WHERE hash = :hash")
                .param("hash", hash)
                .query((row, number) -> new Row(
                        row.getObject("key_id", UUID.class),
                        row.getString("csrf"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant()))
                .optional();
    }

    void seen(String hash, Instant now) {
        jdbc.sql("UPDATE ingest.console_session SET seen_at = greatest(seen_at, :now) WHERE hash = :hash")
                .param("hash", hash)
                .param("now", Timestamp.from(now))
                .update();
    }

    void delete(String hash) {
        jdbc.sql("DELETE FROM ingest.console_session WHERE hash = :hash")
                .param("hash", hash)
                .update();
    }

    void deleteOld(Instant seenBefore, Instant createdBefore) {
        jdbc.sql("DELETE FROM ingest.console_session WHERE seen_at <= :seen OR created_at <= :created")
                .param("seen", Timestamp.from(seenBefore))
                .param("created", Timestamp.from(createdBefore))
                .update();
    }
}
