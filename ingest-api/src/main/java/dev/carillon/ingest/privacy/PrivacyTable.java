package dev.carillon.ingest.privacy;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.privacy.PrivacyRequest.Kind;
import dev.carillon.ingest.privacy.PrivacyRequest.State;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
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

/** {@code ingest.privacy_request}. */
final class PrivacyTable {
    private final JdbcClient jdbc;

    PrivacyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins one, unless one of the same kind is running for the same recipient. Says whether it is new. */
    boolean begin(
            UUID id,
            Kind kind,
            RecipientId recipient,
            @Nullable String pseudonym,
            List<String> addresses,
            ApiKey by,
            Instant now) {
        return jdbc.sql("""
                        INSERT INTO ingest.privacy_request
                            (id, kind, state, recipient, pseudonym, addresses, key_id, key_name, at, round_at)
                        VALUES (:id, :kind, 'running', :recipient, :pseudonym, :addresses, :key, :name, :now, :now)
                        ON CONFLICT (recipient, kind) WHERE state = 'running' DO NOTHING
                        """)
                        .param("id", id)
                        .param("kind", kind.code())
                        .param("recipient", recipient.value())
                        .param("pseudonym", pseudonym)
                        .param("addresses", addresses.toArray(String[]::new))
                        .param("key", by.id())
                        .param("name", by.name())
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    Optional<PrivacyRequest> running(Kind kind, RecipientId recipient) {
        return jdbc.sql("SELECT * FROM ingest.privacy_request WHERE recipient = :recipient AND kind = :kind"
                        + " AND state = 'running'")
                .param("recipient", recipient.value())
                .param("kind", kind.code())
                .query(PrivacyTable::row)
                .optional();
    }

    Optional<PrivacyRequest> find(UUID id) {
        return jdbc.sql("SELECT * FROM ingest.privacy_request WHERE id = :id")
                .param("id", id)
                .query(PrivacyTable::row)
                .optional();
    }

    /** The newest first, before a number. */
    List<PrivacyRequest> list(long before, int limit) {
        return jdbc.sql("SELECT * FROM ingest.privacy_request WHERE number < :before ORDER BY number DESC LIMIT :limit")
                .param("before", before)
                .param("limit", limit)
                .query(PrivacyTable::row)
                .list();
    }

    List<UUID> running() {
        return jdbc.sql("SELECT id FROM ingest.privacy_request WHERE state = 'running' ORDER BY number")
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    /** One that is running and that no other replica works on, until the transaction ends. */
    Optional<PrivacyRequest> lock(UUID id) {
        return jdbc.sql("SELECT * FROM ingest.privacy_request WHERE id = :id AND state = 'running'"
                        + " FOR UPDATE SKIP LOCKED")
                .param("id", id)
                .query(PrivacyTable::row)
                .optional();
    }

    void asked(UUID id, Instant now) {
        jdbc.sql("UPDATE ingest.privacy_request SET asked_at = :now WHERE id = :id")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
    }

    void nextRound(UUID id, Instant now) {
        jdbc.sql("UPDATE ingest.privacy_request SET round = round + 1, round_at = :now, asked_at = NULL WHERE id = :id")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
    }

    void end(UUID id, Instant now) {
        jdbc.sql("UPDATE ingest.privacy_request SET state = 'done', ended_at = :now, addresses = '{}' WHERE id = :id")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Exports of somebody who is erased: those that run end, and none can be fetched any more. */
    void overtake(RecipientId recipient, Instant now) {
        jdbc.sql("DELETE FROM ingest.privacy_answer a USING ingest.privacy_request r WHERE r.id = a.request"
                        + " AND r.kind = 'export' AND r.recipient = :recipient")
                .param("recipient", recipient.value())
                .update();
        jdbc.sql("UPDATE ingest.privacy_request SET state = 'overtaken', ended_at = coalesce(ended_at, :now)"
                        + " WHERE kind = 'export' AND recipient = :recipient")
                .param("recipient", recipient.value())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Exports of others whose documents name somebody who is erased: those that run end, and none can be fetched any more. */
    int overtakeNaming(RecipientId named, Instant now) {
        int overtaken = jdbc.sql("UPDATE ingest.privacy_request r SET state = 'overtaken', addresses = '{}',"
                        + " ended_at = coalesce(ended_at, :now) WHERE kind = 'export' AND state IN ('running', 'done')"
                        + " AND EXISTS (SELECT FROM ingest.privacy_answer a WHERE a.request = r.id"
                        + " AND position(:quoted in a.document) > 0)")
                .param("now", Timestamp.from(now))
                .param("quoted", new String(Json.write(named.value()), StandardCharsets.UTF_8))
                .update();
        jdbc.sql("DELETE FROM ingest.privacy_answer a USING ingest.privacy_request r WHERE r.id = a.request"
                        + " AND r.state = 'overtaken'")
                .update();
        return overtaken;
    }

    /** What the audit says of her from now on is the pseudonym. */
    void forget(RecipientId recipient, String pseudonym) {
        jdbc.sql("UPDATE ingest.privacy_request SET recipient = NULL, addresses = '{}',"
                        + " pseudonym = coalesce(pseudonym, :pseudonym) WHERE recipient = :recipient")
                .param("recipient", recipient.value())
                .param("pseudonym", pseudonym)
                .update();
    }

    private static PrivacyRequest row(ResultSet row, int number) throws SQLException {
        String recipient = row.getString("recipient");
        Array addresses = row.getArray("addresses");
        return new PrivacyRequest(
                row.getLong("number"),
                row.getObject("id", UUID.class),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                recipient == null ? null : new RecipientId(recipient),
                row.getString("pseudonym"),
                List.of((String[]) addresses.getArray()),
                row.getString("key_name"),
                row.getTimestamp("at").toInstant(),
                row.getInt("round"),
                row.getTimestamp("round_at").toInstant(),
                instant(row.getTimestamp("asked_at")),
                instant(row.getTimestamp("ended_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
