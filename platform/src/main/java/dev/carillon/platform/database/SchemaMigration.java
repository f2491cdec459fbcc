package dev.carillon.platform.database;

import dev.carillon.schemas.Service;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of one service up to date: scripts in {@code db/<schema>}, schema and history of its own. */
public final class SchemaMigration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);
    private static final int CONNECT_RETRIES = 1_000_000;
    private static final int RETRY_SECONDS = 2;

    private final String schema;

    private SchemaMigration(String schema) {
        this.schema = schema;
    }

    /** Runs what is missing. Waits for a database that is away, with a line in the log for every try. */
    public static SchemaMigration migrate(DataSource database, Service service, String schema) {
        Flyway.configure()
                .dataSource(database)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .table("schema_history")
                .locations("classpath:db/" + schema)
                .connectRetries(CONNECT_RETRIES)
                .connectRetriesInterval(RETRY_SECONDS)
                .load()
                .migrate();
        LOG.debug("{}: schema {} is up to date", service.code(), schema);
        return new SchemaMigration(schema);
    }

    public String schema() {
        return schema;
    }
}
