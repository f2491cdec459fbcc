package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The ledger, the activity log and dead letters with tens of thousands of rows each, filled once for all tests, and the plan
 * of every statement that runs over them as PostgreSQL chose it. What a test changes is rolled back.
 */
public final class PlannedIngest implements AutoCloseable {
    /** Has twenty notifications, did twenty things, and has twenty dead letters. */
    public static final String RECIPIENT = "plan7";

    private static final Pattern INDEXES = Pattern.compile("(?:using|Bitmap Index Scan on) (\\w+)");

    /** Forty thousand notifications of four hundred events on two days; a partition's indexes have long names. */
    private static final String LEDGER = """
            create table ingest.ledger_20261119 partition of ingest.ledger for values from ('2026-11-19') to ('2026-11-20');
            create table ingest.ledger_20261120 partition of ingest.ledger for values from ('2026-11-20') to ('2026-11-21');
            insert into ingest.ledger (recipient, notification, day, event, source, type, accepted_at, updated_at, channels)
            select 'plan' || n % 2000, gen_random_uuid(), date '2026-11-19' + n % 2,
                ('00000000-0000-4000-8000-' || lpad((n % 400)::text, 12, '0'))::uuid, 'billing', 'invoice.paid',
                timestamptz '2026-11-19T00:00:00Z' + n % 2 * interval '1 day', now(), '{"inapp":[{"state":"routed"}]}'
            from generate_series(1, 40000) n
            """;

    /** Forty thousand events of four hundred sources. */
    private static final String ACTIVITY = """
            create table ingest.activity_20261119 partition of ingest.activity for values from ('2026-11-19') to ('2026-11-20');
            create table ingest.activity_20261120 partition of ingest.activity for values from ('2026-11-20') to ('2026-11-21');
            insert into ingest.activity (event, day, accepted_at, source, id, type, actor, subjects, log_only)
            select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, date '2026-11-19' + n % 2,
                timestamptz '2026-11-19T00:00:00Z' + n % 2 * interval '1 day' + n * interval '1 second', 'source' || n % 400, 'id' || n,
                'type' || n % 400, 'plan' || n % 2000,
                jsonb_build_array(jsonb_build_object('type', 'invoice', 'id', (n % 2000)::text)), false
            from generate_series(1, 40000) n
            """;

    /** Forty thousand letters, of which one in a hundred is open; one reason is rare, and rarer on the rare one of two channels. */
    private static final String LETTERS = """
            insert into ingest.dead_letter (channel, reason, detail, at, topic, partition, record_offset, value, recipient,
                event, state, changed_at)
            select case when n % 10 = 0 then 'push' else 'email' end, case when n % 200 < 10 then 'timeout' else 'rejected' end,
                '', timestamptz '2026-11-19T00:00:00Z' + n * interval '1 second', 't', 0, n, '{}', 'plan' || n % 2000,
                ('00000000-0000-4000-8000-' || lpad((n % 400)::text, 12, '0'))::uuid,
                case when n % 100 = 7 then 'open' else 'replayed' end, now()
            from generate_series(1, 40000) n
            """;

    /** The plan of a query is told with the statement behind it. */
    private static final String NOTHING = "select 1";

    private static @Nullable TestDatabase filled;

    private final List<String> plans = new ArrayList<>();
    private final SingleConnectionDataSource connection;
    private final JdbcTemplate template;

    private PlannedIngest(TestDatabase database) {
        connection = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        connection.setAutoCommit(false);
        template = new Explaining();
        template.execute("load 'auto_explain'; set auto_explain.log_min_duration = 0;"
                + " set auto_explain.log_level = notice; set client_min_messages = notice");
        plans.clear();
    }

    public static synchronized PlannedIngest open() {
        TestDatabase database = filled;
        if (database == null) {
            database = TestInfrastructure.freshDatabase();
            DriverManagerDataSource source =
                    new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
            var _ = SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
            JdbcTemplate fill = new JdbcTemplate(source);
            for (String rows : List.of(LEDGER, ACTIVITY, LETTERS)) {
                fill.execute(rows);
            }
            fill.execute("vacuum analyze ingest.ledger, ingest.activity, ingest.dead_letter");
            filled = database;
        }
        return new PlannedIngest(database);
    }

    /** Hands the plan of each statement on; the server sends it as a notice. */
    private final class Explaining extends JdbcTemplate {
        Explaining() {
            super(connection);
        }

        @Override
        protected void handleWarnings(Statement statement) throws SQLException {
            for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                String plan = String.valueOf(notice.getMessage());
                if (!plan.contains("Query Text: " + NOTHING)) {
                    plans.add(plan);
                }
            }
        }
    }

    public JdbcClient client() {
        return JdbcClient.create(template);
    }

    /** The plans of what {@code statements} run, each of them. */
    public List<String> of(Runnable statements) {
        plans.clear();
        statements.run();
        template.execute(NOTHING);
        assertThat(plans).as("plans").isNotEmpty();
        return List.copyOf(plans);
    }

    /** Holds a plan to {@code indexes}, a pattern of names, and to no row but those that they lead to. */
    public static void uses(String plan, String indexes) {
        assertThat(plan).doesNotContain("Seq Scan");
        assertThat(INDEXES.matcher(plan).results().map((MatchResult result) -> result.group(1)))
                .as(plan)
                .isNotEmpty()
                .allMatch(used -> used.matches(indexes));
    }

    @Override
    public void close() throws SQLException {
        try (Connection open = connection.getConnection()) {
            open.rollback();
        } finally {
            connection.destroy();
        }
    }
}
