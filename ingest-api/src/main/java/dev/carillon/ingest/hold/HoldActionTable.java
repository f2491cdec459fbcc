package dev.carillon.ingest.hold;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.hold_action}. */
final class HoldActionTable {
    /** As long as the ledger's numbers by the hour. */
    private static final Duration KEPT = Duration.ofDays(366);

    private final JdbcClient jdbc;

    HoldActionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down what is about to be asked of the router; what is too old goes. */
    long begin(HoldChange change, RecipientId recipient, UUID hold, @Nullable String reason, ApiKey by, Instant now) {
        jdbc.sql("DELETE FROM ingest.hold_action WHERE at < :before")
                .param("before", Timestamp.from(now.minus(KEPT)))
                .update();
        return jdbc.sql("""
                INSERT INTO ingest.hold_action (change, state, key_id, key_name, at, recipient, hold, reason)
                VALUES (:change, :state, :key, :name, :now, :recipient, :hold, :reason)
                RETURNING id
                """)
                .param("change", change.code())
                .param("state", HoldAction.State.UNANSWERED.code())
                .param("key", by.id())
                .param("name", by.name())
                .param("now", Timestamp.from(now))
                .param("recipient", recipient.value())
                .param("hold", hold)
                .param("reason", reason)
                .query(Long.class)
                .single();
    }

    void end(long id, HoldAction.State state, int notifications) {
        jdbc.sql("UPDATE ingest.hold_action SET state = :state, notifications = :number WHERE id = :id")
                .param("id", id)
                .param("state", state.code())
                .param("number", notifications)
                .update();
    }

    /** The newest first, before an id. */
    List<HoldAction> list(long before, int limit) {
        return jdbc.sql("SELECT * FROM ingest.hold_action WHERE id < :before ORDER BY id DESC LIMIT :limit")
                .param("before", before)
                .param("limit", limit)
                .query(HoldActionTable::row)
                .list();
    }

    int pseudonymise(RecipientId recipient, String pseudonym) {
        return jdbc.sql("UPDATE ingest.hold_action SET recipient = :pseudonym WHERE recipient = :recipient")
                .param("pseudonym", pseudonym)
                .param("recipient", recipient.value())
                .update();
    }

    private static HoldAction row(ResultSet row, int number) throws SQLException {
        return new HoldAction(
                row.getLong("id"),
                HoldChange.valueOf(row.getString("change").toUpperCase(Locale.ROOT)),
                HoldAction.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("key_id", UUID.class),
                row.getString("key_name"),
                row.getTimestamp("at").toInstant(),
                row.getString("recipient"),
                row.getObject("hold", UUID.class),
                row.getString("reason"),
                row.getInt("notifications"));
    }
}
