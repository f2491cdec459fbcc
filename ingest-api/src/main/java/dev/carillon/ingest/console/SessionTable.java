package dev.carillon.ingest.console;

import dev.carillon.ingest.console.SessionOwner.OfKey;
import dev.carillon.ingest.console.SessionOwner.OfPerson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
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
    record Row(SessionOwner owner, String csrf, Instant createdAt, Instant seenAt) {}

    void insert(String hash, Row row) {
        OfPerson person = row.owner() instanceof OfPerson one ? one : null;
        jdbc.sql("""
                INSERT INTO ingest.console_session
                    (hash, key_id, person_id, person_name, person_grant, csrf, created_at, seen_at)
                VALUES (:hash, :key, :person, :name, :grant, :csrf, :created, :seen)""")
                .param("hash", hash)
                .param("key", row.owner() instanceof OfKey key ? key.id() : null, Types.OTHER)
                .param("person", person == null ? null : person.id(), Types.OTHER)
                .param("name", person == null ? null : person.name(), Types.VARCHAR)
                .param("grant", person == null ? null : person.grant(), Types.VARCHAR)
                .param("csrf", row.csrf())
                .param("created", Timestamp.from(row.createdAt()))
                .param("seen", Timestamp.from(row.seenAt()))
                .update();
    }

    Optional<Row> find(String hash) {
        return jdbc.sql("""
                SELECT key_id, person_id, person_name, person_grant, csrf, created_at, seen_at
                FROM ingest.console_session WHERE hash = :hash""")
                .param("hash", hash)
                .query((row, number) -> new Row(
                        owner(row),
                        row.getString("csrf"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant()))
                .optional();
    }

    private static SessionOwner owner(ResultSet row) throws SQLException {
        UUID key = row.getObject("key_id", UUID.class);
        return key != null
                ? new OfKey(key)
                : new OfPerson(
                        row.getObject("person_id", UUID.class),
                        row.getString("person_name"),
                        row.getString("person_grant"));
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
