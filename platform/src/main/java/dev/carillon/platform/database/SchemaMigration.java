package dev.carillon.platform.database;

import dev.carillon.platform.startup.StartupWait;
import dev.carillon.schemas.Service;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of one service up to date: scripts in {@code db/<schema>}, schema and history of its own. */
public final class SchemaMigration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String schema;

    private SchemaMigration(String schema) {
        this.schema = schema;
    }

    /** Runs what is missing. Waits for a database that is away, with a line in the log for every try. */
    public static SchemaMigration migrate(DataSource database, Service service, String schema) {
        awaitDatabase(database);
        Flyway.configure()
                .dataSource(new PatientDataSource(database))
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .table("schema_history")
                .locations("classpath:db/" + schema)
                .load()
                .migrate();
        LOG.debug("{}: schema {} is up to date", service.code(), schema);
        return new SchemaMigration(schema);
    }

    private static void awaitDatabase(DataSource database) {
        try (StartupWait _ = StartupWait.begin()) {
            while (!isThere(database)) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }

    private static boolean isThere(DataSource database) {
        try (Connection _ = database.getConnection()) {
            return true;
        } catch (SQLException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("waiting for the database: {}", String.valueOf(cause.getMessage()));
            return false;
        }
    }

    public String schema() {
        return schema;
    }
}
