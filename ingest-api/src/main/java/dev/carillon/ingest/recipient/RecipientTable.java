package dev.carillon.ingest.recipient;

import dev.carillon.ingest.publication.Precondition;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.recipient}: the source of truth of recipients and preferences. */
final class RecipientTable {
    static final String COLUMNS =
            "recipient, version, name, email, locale, time_zone, preferences, updated_at, deleted_at";

    /** The version that counts for a precondition: 0 where there is none, or only a deletion. */
    private static final String EXPECTED = """
            (:expected::bigint IS NULL
                OR (CASE WHEN r.deleted_at IS NULL THEN r.version ELSE 0 END) = :expected
                OR (:expected = -1 AND r.deleted_at IS NULL))
            """;

    /** A new row starts without preferences, and so does one that comes back after a deletion. */
    private static final String REGISTER = """
            INSERT INTO ingest.recipient AS r
                (recipient, version, name, email, locale, time_zone, updated_at)
            SELECT :id, nextval('ingest.version'), :name, :email, :locale, :time_zone, :now
            WHERE coalesce(:expected::bigint, 0) = 0 OR EXISTS (SELECT FROM ingest.recipient WHERE recipient = :id)
            ON CONFLICT (recipient) DO UPDATE SET
                version = nextval('ingest.version'), name = :name, email = :email, locale = :locale,
                time_zone = :time_zone, updated_at = :now, deleted_at = NULL,
                preferences = CASE WHEN r.deleted_at IS NULL THEN r.preferences ELSE '{}' END
            WHERE %s
            RETURNING %s
            """.formatted(EXPECTED, COLUMNS);

    /** Preferences of somebody who was never registered register her. */
    private static final String PREFER = """
            INSERT INTO ingest.recipient AS r (recipient, version, preferences, updated_at)
            SELECT :id, nextval('ingest.version'), :preferences::jsonb, :now
            WHERE coalesce(:expected::bigint, 0) = 0 OR EXISTS (SELECT FROM ingest.recipient WHERE recipient = :id)
            ON CONFLICT (recipient) DO UPDATE SET
                version = nextval('ingest.version'), preferences = :preferences::jsonb, updated_at = :now,
                name = CASE WHEN r.deleted_at IS NULL THEN r.name END,
                email = CASE WHEN r.deleted_at IS NULL THEN r.email END,
                locale = CASE WHEN r.deleted_at IS NULL THEN r.locale END,
                time_zone = CASE WHEN r.deleted_at IS NULL THEN r.time_zone END,
                deleted_at = NULL
            WHERE %s
            RETURNING %s
            """.formatted(EXPECTED, COLUMNS);

    private static final String DELETE = """
            UPDATE ingest.recipient AS r SET
                version = nextval('ingest.version'), deleted_at = :now, updated_at = :now,
                name = NULL, email = NULL, locale = NULL, time_zone = NULL, preferences = '{}'
            WHERE recipient = :id AND deleted_at IS NULL AND %s
            """.formatted(EXPECTED);

    private final JdbcClient jdbc;

    RecipientTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty where nobody of that id is registered. */
    Optional<RecipientRow> find(RecipientId id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.recipient WHERE recipient = :id AND deleted_at IS NULL")
                .param("id", id.value())
                .query(RecipientTable::row)
                .optional();
    }

    /** The next recipients after an id, in the order of their ids' bytes. */
    List<RecipientRow> list(String after, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.recipient WHERE recipient > :after AND deleted_at IS NULL"
                        + " ORDER BY recipient LIMIT :limit")
                .param("after", after)
                .param("limit", limit)
                .query(RecipientTable::row)
                .list();
    }

    /** Empty where the precondition fails. */
    Optional<RecipientRow> register(RecipientId id, Registration to, Precondition condition, Instant now) {
        return jdbc.sql(REGISTER)
                .param("id", id.value())
                .param("name", to.name())
                .param("email", to.email())
                .param("locale", to.locale())
                .param("time_zone", to.timeZone())
                .param("now", Timestamp.from(now))
                .param("expected", condition.expected())
                .query(RecipientTable::row)
                .optional();
    }

    /** Empty where the precondition fails. */
    Optional<RecipientRow> prefer(RecipientId id, PreferenceDocument to, Precondition condition, Instant now) {
        return jdbc.sql(PREFER)
                .param("id", id.value())
                .param("preferences", new String(Json.write(to), StandardCharsets.UTF_8))
                .param("now", Timestamp.from(now))
                .param("expected", condition.expected())
                .query(RecipientTable::row)
                .optional();
    }

    /** False where there is none, or the precondition fails. */
    boolean delete(RecipientId id, Precondition condition, Instant now) {
        return jdbc.sql(DELETE)
                        .param("id", id.value())
                        .param("now", Timestamp.from(now))
                        .param("expected", condition.expected())
                        .update()
                > 0;
    }

    /** Who mutes a person. Looks through all: nobody waits for it. */
    List<RecipientId> muting(RecipientId person) {
        String mute = Json.mapper()
                .writeValueAsString(Map.of("mutes", List.of(Map.of("kind", "person", "id", person.value()))));
        return jdbc.sql("SELECT recipient FROM ingest.recipient WHERE deleted_at IS NULL"
                        + " AND preferences @> :mute::jsonb ORDER BY recipient")
                .param("mute", mute)
                .query((row, number) -> new RecipientId(row.getString(1)))
                .list();
    }

    /** Her address where she has one, in lower case, if nobody else has the same. */
    List<String> addressesOf(RecipientId recipient) {
        return jdbc.sql("SELECT lower(email) FROM ingest.recipient r WHERE recipient = :id AND email IS NOT NULL"
                        + " AND NOT EXISTS (SELECT FROM ingest.recipient o WHERE lower(o.email) = lower(r.email)"
                        + " AND o.recipient <> r.recipient AND o.deleted_at IS NULL)")
                .param("id", recipient.value())
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Removes a row whose deletion is published; one that is not stays for the sweeper. */
    int forget(RecipientId recipient) {
        return jdbc.sql("DELETE FROM ingest.recipient WHERE recipient = :id AND deleted_at IS NOT NULL"
                        + " AND published = version")
                .param("id", recipient.value())
                .update();
    }

    static RecipientRow row(ResultSet row, int number) throws SQLException {
        return new RecipientRow(
                new RecipientId(row.getString("recipient")),
                row.getLong("version"),
                new Registration(
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("locale"),
                        row.getString("time_zone")),
                Json.read(row.getBytes("preferences"), PreferenceDocument.class),
                row.getTimestamp("updated_at").toInstant(),
                instant(row.getTimestamp("deleted_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
