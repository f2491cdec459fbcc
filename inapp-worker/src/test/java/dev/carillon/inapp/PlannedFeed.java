package dev.carillon.inapp;

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
 * Feeds of 200 people with 200 rows each, filled once for all tests, and the plan of every statement that runs over it as
 * PostgreSQL chose it. What a test changes is rolled back.
 */
public final class PlannedFeed implements AutoCloseable {
    /** One of the 200. */
    public static final String RECIPIENT = "plan7";

    private static final Pattern INDEXES = Pattern.compile("(?:using|Bitmap Index Scan on) (feed_\\w+)");
    private static final Pattern CONDITIONS = Pattern.compile("Index Cond: (.*)");

    private static final String FILL = """
            insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, title, type,
                category, thread, group_name, extra, read_at, archived_at, snoozed_until, dismissed_at, expires_at)
            select 'plan' || n % 200, gen_random_uuid(), now(), n, now() - n * interval '1 minute', 'info',
                case when n % 1000 < 200 then 'high' else 'normal' end,
                case when n % 4000 between 1000 and 1199 then 'timeseries' else 'queued' end, 'paid n' || n,
                'invoice.paid', 'billing', case when n % 10 = 0 then 't' || n % 3 end, 'g' || n,
                jsonb_build_object('subjects', case when n % 1000 = 7 then '[{"type":"team","id":"7"}]' else '[]' end::jsonb,
                    'actor', case when n % 1000 = 7 then '{"id":"bob"}' end::jsonb),
                case when n % 1600 >= 200 then now() end,
                case when n % 4000 < 200 then now() end,
                case when n % 4000 between 400 and 599 then now() + interval '1 day' end,
                case when n % 4000 between 800 and 999 then now() end,
                case when n % 4000 between 1400 and 1599 then now() + interval '1 day' end
            from generate_series(1, 40000) n
            """;

    /** The plan of a query is told with the statement behind it. */
    private static final String NOTHING = "select 1";

    private static @Nullable TestDatabase filled;

    private final List<String> plans = new ArrayList<>();
    private final SingleConnectionDataSource connection;
    private final JdbcTemplate template;

    private PlannedFeed(TestDatabase database) {
        connection = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        connection.setAutoCommit(false);
        template = new Explaining();
        template.execute("load 'auto_explain'; set auto_explain.log_min_duration = 0;"
                + " set auto_explain.log_level = notice; set client_min_messages = notice");
        plans.clear();
    }

    public static synchronized PlannedFeed open() {
        TestDatabase database = filled;
        if (database == null) {
            database = TestInfrastructure.freshDatabase();
            DriverManagerDataSource source =
                    new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
            var _ = SchemaMigration.migrate(source, Service.INAPP_WORKER, "inapp");
            JdbcClient.create(source).sql(FILL).update();
            JdbcClient.create(source).sql("vacuum analyze inapp.feed").update();
            filled = database;
        }
        return new PlannedFeed(database);
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

    public JdbcTemplate template() {
        return template;
    }

    public JdbcClient client() {
        return JdbcClient.create(template);
    }

    /** Has plans made as if the table were too long to be read; forty thousand rows are not. */
    public PlannedFeed asIfLong() {
        template.execute("set local enable_seqscan = off");
        return this;
    }

    /** The plans of what {@code statements} run, each of them. */
    public List<String> of(Runnable statements) {
        plans.clear();
        statements.run();
        template.execute(NOTHING);
        assertThat(plans).as("plans").isNotEmpty();
        return List.copyOf(plans);
    }

    /** Holds a plan to some of {@code indexes}, a pattern of names, and to no row but those that they lead to. */
    public static void uses(String plan, String indexes) {
        assertThat(plan).doesNotContain("Seq Scan on feed").doesNotContain("Seq Scan on inapp.feed");
        assertThat(found(INDEXES, plan)).as(plan).isNotEmpty().allMatch(used -> used.matches(indexes));
    }

    /** Holds a plan to the rows of one recipient, or of those that were asked for. */
    public static void readsTheRecipientAlone(String plan) {
        assertThat(found(CONDITIONS, plan))
                .as(plan)
                .isNotEmpty()
                .allMatch(condition -> condition.contains("recipient ="));
    }

    private static List<String> found(Pattern pattern, String plan) {
        return pattern.matcher(plan)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
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
