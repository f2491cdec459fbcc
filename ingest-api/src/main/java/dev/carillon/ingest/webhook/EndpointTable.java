package dev.carillon.ingest.webhook;

import dev.carillon.ingest.webhook.Endpoint.Disabled;
import dev.carillon.ingest.webhook.Endpoint.Health;
import dev.carillon.ingest.webhook.Endpoint.Wanted;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.OutcomeState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.webhook_endpoint}. */
final class EndpointTable {
    private static final String ALL = "SELECT id, url, description, outcomes, channels, types, categories, disabled,"
            + " secret, previous_secret, previous_until, failures, failing_since, not_before, created_at"
            + " FROM ingest.webhook_endpoint";

    private static final String INSERT = """
            INSERT INTO ingest.webhook_endpoint
                (id, url, description, outcomes, channels, types, categories, disabled, secret, created_at)
            VALUES (:id, :url, :description, :outcomes, :channels, :types, :categories, :disabled, :secret, :created)
            """;

    private static final String CHANGE = """
            UPDATE ingest.webhook_endpoint SET url = :url, description = :description, outcomes = :outcomes,
                channels = :channels, types = :types, categories = :categories,
                disabled = CASE WHEN :enabled THEN NULL ELSE coalesce(disabled, 'by_operator') END,
                failures = CASE WHEN :enabled THEN 0 ELSE failures END,
                failing_since = CASE WHEN :enabled THEN NULL ELSE failing_since END,
                not_before = CASE WHEN :enabled THEN NULL ELSE not_before END
            WHERE id = :id
            """;

    /** The first two failures are forgiven; from then on it rests for 2 s, doubling up to 5 min. */
    private static final String FAILED = """
            UPDATE ingest.webhook_endpoint SET
                failures = failures + CASE WHEN not_before > :now THEN 0 ELSE 1 END,
                failing_since = coalesce(failing_since, :now),
                not_before = greatest(not_before, :asked, CASE WHEN failures < 2 OR not_before > :now OR NOT :rest THEN NULL
                    ELSE :now::timestamptz + least(interval '5 minutes', interval '1 second' * 2 ^ least(failures - 1, 10)) END)
            WHERE id = :id RETURNING failing_since
            """;

    private final JdbcClient jdbc;

    EndpointTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Endpoint endpoint) {
        said(INSERT, endpoint.id(), endpoint.wanted())
                .param("disabled", endpoint.wanted().enabled() ? null : Disabled.BY_OPERATOR.code())
                .param("secret", endpoint.secrets().current().text())
                .param("created", Timestamp.from(endpoint.createdAt()))
                .update();
    }

    /** False where there is none of this id. One that is enabled begins in good health. */
    boolean change(UUID id, Wanted wanted) {
        return said(CHANGE, id, wanted).param("enabled", wanted.enabled()).update() > 0;
    }

    private JdbcClient.StatementSpec said(String sql, UUID id, Wanted wanted) {
        Filter filter = wanted.filter();
        return jdbc.sql(sql)
                .param("id", id)
                .param("url", wanted.url())
                .param("description", wanted.description())
                .param("outcomes", codes(filter.outcomes()))
                .param(
                        "channels",
                        filter.channels().stream().map(Channel::code).sorted().toArray(String[]::new))
                .param("types", filter.types().stream().sorted().toArray(String[]::new))
                .param("categories", filter.categories().stream().sorted().toArray(String[]::new));
    }

    void rotate(UUID id, Secrets secrets) {
        jdbc.sql("UPDATE ingest.webhook_endpoint SET secret = :secret, previous_secret = :previous,"
                        + " previous_until = :until WHERE id = :id")
                .param("id", id)
                .param("secret", secrets.current().text())
                .param(
                        "previous",
                        secrets.previous() == null ? null : secrets.previous().text())
                .param("until", timestamp(secrets.previousUntil()))
                .update();
    }

    boolean delete(UUID id) {
        return jdbc.sql("DELETE FROM ingest.webhook_endpoint WHERE id = :id")
                        .param("id", id)
                        .update()
                > 0;
    }

    List<Endpoint> list() {
        return jdbc.sql(ALL + " ORDER BY created_at, id")
                .query(EndpointTable::row)
                .list();
    }

    Optional<Endpoint> find(UUID id) {
        return jdbc.sql(ALL + " WHERE id = :id")
                .param("id", id)
                .query(EndpointTable::row)
                .optional();
    }

    /** Nobody else changes it before the caller's transaction ends. */
    Optional<Endpoint> lock(UUID id) {
        return jdbc.sql(ALL + " WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(EndpointTable::row)
                .optional();
    }

    /** Ends a row of failures. */
    void succeeded(UUID id) {
        jdbc.sql("UPDATE ingest.webhook_endpoint SET failures = 0, failing_since = NULL, not_before = NULL"
                        + " WHERE id = :id AND failing_since IS NOT NULL")
                .param("id", id)
                .update();
    }

    /**
     * Notes a failure.
     *
     * @param rest whether it speaks against the endpoint as a whole
     * @param asked until when the endpoint wants to rest; null where it did not say
     * @return since when every request fails; null where the endpoint is gone
     */
    @Nullable Instant failed(UUID id, Instant now, boolean rest, @Nullable Instant asked) {
        return jdbc.sql(FAILED)
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("rest", rest)
                .param("asked", timestamp(asked), java.sql.Types.TIMESTAMP)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional()
                .orElse(null);
    }

    void disable(UUID id, Disabled why) {
        jdbc.sql("UPDATE ingest.webhook_endpoint SET disabled = :why WHERE id = :id AND disabled IS NULL")
                .param("id", id)
                .param("why", why.code())
                .update();
    }

    /** How many are disabled, by reason; those of which there is none are there too. */
    Map<Disabled, Long> disabled() {
        Map<Disabled, Long> numbers = new TreeMap<>();
        for (Disabled why : Disabled.values()) {
            numbers.put(why, 0L);
        }
        jdbc.sql("SELECT disabled, count(*) AS n FROM ingest.webhook_endpoint WHERE disabled IS NOT NULL GROUP BY 1")
                .query(row -> {
                    numbers.put(why(row.getString("disabled")), row.getLong("n"));
                });
        return numbers;
    }

    private static Endpoint row(ResultSet row, int number) throws SQLException {
        String disabled = row.getString("disabled");
        String previous = row.getString("previous_secret");
        Filter filter = new Filter(
                texts(row, "outcomes").stream()
                        .map(code -> OutcomeState.valueOf(code.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                texts(row, "channels").stream()
                        .map(code -> Channel.valueOf(code.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                texts(row, "types"),
                texts(row, "categories"));
        return new Endpoint(
                row.getObject("id", UUID.class),
                new Wanted(row.getString("url"), row.getString("description"), filter, disabled == null),
                disabled == null ? null : why(disabled),
                new Secrets(
                        new Secret(row.getString("secret")),
                        previous == null ? null : new Secret(previous),
                        instant(row, "previous_until")),
                new Health(row.getInt("failures"), instant(row, "failing_since"), instant(row, "not_before")),
                row.getTimestamp("created_at").toInstant());
    }

    private static Disabled why(String code) {
        return Disabled.valueOf(code.toUpperCase(Locale.ROOT));
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) row.getArray(column).getArray()));
    }

    private static String[] codes(Collection<OutcomeState> states) {
        return states.stream()
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toArray(String[]::new);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }
}
