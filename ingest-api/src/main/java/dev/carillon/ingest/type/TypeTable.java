package dev.carillon.ingest.type;

import dev.carillon.ingest.publication.Precondition;
import dev.carillon.ingest.type.TypeRow.Origin;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.type.NotificationType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.notification_type}: the source of truth of the catalogue. */
final class TypeTable {
    static final String COLUMNS = "name, version, origin, document, deleted_at";

    private static final String EXPECTED = """
            (:expected::bigint IS NULL
                OR (CASE WHEN t.deleted_at IS NULL THEN t.version ELSE 0 END) = :expected
                OR (:expected = -1 AND t.deleted_at IS NULL))
            """;

    private static final String PUT = """
            INSERT INTO ingest.notification_type AS t (name, version, origin, document)
            SELECT :name, nextval('ingest.version'), :origin, :document::jsonb
            WHERE coalesce(:expected::bigint, 0) = 0
                OR EXISTS (SELECT FROM ingest.notification_type WHERE name = :name)
            ON CONFLICT (name) DO UPDATE SET
                version = nextval('ingest.version'), origin = :origin, document = :document::jsonb, deleted_at = NULL
            WHERE %s AND (t.deleted_at IS NOT NULL OR (t.document, t.origin) IS DISTINCT FROM (:document::jsonb, :origin))
            RETURNING %s
            """.formatted(EXPECTED, COLUMNS);

    private static final String DELETE = """
            UPDATE ingest.notification_type AS t SET version = nextval('ingest.version'), deleted_at = :now
            WHERE name = :name AND origin = :origin AND deleted_at IS NULL AND %s
            RETURNING version
            """.formatted(EXPECTED);

    private final JdbcClient jdbc;

    TypeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<TypeRow> find(String name) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM ingest.notification_type WHERE name = :name AND deleted_at IS NULL")
                .param("name", name)
                .query(TypeTable::row)
                .optional();
    }

    List<TypeRow> all() {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.notification_type WHERE deleted_at IS NULL ORDER BY name")
                .query(TypeTable::row)
                .list();
    }

    /** The row as it was written; empty where the precondition fails, or where the type already is as it should be. */
    Optional<TypeRow> put(NotificationType type, Origin origin, Precondition condition) {
        return jdbc.sql(PUT)
                .param("name", type.name())
                .param("origin", code(origin))
                .param("document", TypeJson.document(type).toString())
                .param("expected", condition.expected())
                .query(TypeTable::row)
                .optional();
    }

    /** The version of the deletion; empty where there is none of this origin, or the precondition fails. */
    Optional<Long> delete(String name, Origin origin, Precondition condition, Instant now) {
        return jdbc.sql(DELETE)
                .param("name", name)
                .param("origin", code(origin))
                .param("now", Timestamp.from(now))
                .param("expected", condition.expected())
                .query(Long.class)
                .optional();
    }

    static TypeRow row(ResultSet row, int number) throws SQLException {
        NotificationType stored = Json.read(row.getBytes("document"), NotificationType.class);
        return new TypeRow(
                stored.withVersion(row.getLong("version")),
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                row.getTimestamp("deleted_at") != null);
    }

    private static String code(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }
}
