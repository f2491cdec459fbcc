package dev.carillon.ingest.apikey;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.api_key}. Tokens are there as hashes only. */
final class ApiKeyTable {
    private static final String VALID =
            "SELECT id, name, hash, scopes, sources, events_per_second, created_at FROM ingest.api_key"
                    + " WHERE revoked_at IS NULL";

    private final JdbcClient jdbc;

    ApiKeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Does nothing where a key with this token exists, revoked or not. */
    boolean insert(ApiKey key, String hash) {
        return jdbc.sql("INSERT INTO ingest.api_key (id, name, hash, scopes, sources, events_per_second, created_at)"
                                + " VALUES (:id, :name, :hash, :scopes, :sources, :rate, :created)"
                                + " ON CONFLICT (hash) DO NOTHING")
                        .param("id", key.id())
                        .param("name", key.name())
                        .param("hash", hash)
                        .param("scopes", key.scopes().stream().map(Scope::code).toArray(String[]::new))
                        .param("sources", key.sources().toArray(String[]::new))
                        .param("rate", key.eventsPerSecond())
                        .param("created", Timestamp.from(key.createdAt()))
                        .update()
                > 0;
    }

    /** False where no valid key has this id. */
    boolean revoke(UUID id, Instant now) {
        return jdbc.sql("UPDATE ingest.api_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
                        .param("id", id)
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    List<ApiKey> list() {
        return jdbc.sql(VALID + " ORDER BY name, created_at")
                .query(ApiKeyTable::row)
                .list();
    }

    /** Every valid key by the hash of its token. */
    Map<String, ApiKey> byHash() {
        Map<String, ApiKey> keys = new HashMap<>();
        jdbc.sql(VALID).query(row -> {
            keys.put(row.getString("hash"), row(row, 0));
        });
        return keys;
    }

    /** A scope that this version does not know, of a newer replica, allows nothing here. */
    private static ApiKey row(ResultSet row, int number) throws SQLException {
        int rate = row.getInt("events_per_second");
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                texts(row.getArray("scopes")).stream()
                        .filter(Scope.CODES::contains)
                        .map(Scope::parse)
                        .collect(Collectors.toSet()),
                texts(row.getArray("sources")),
                rate == 0 ? null : Integer.valueOf(rate),
                row.getTimestamp("created_at").toInstant());
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) array.getArray()));
    }
}
