package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.deadletter.LetterRow.About;
import dev.carillon.ingest.deadletter.LetterRow.FailedRecord;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.TestDatabase;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The tables of dead letters for a test of its own, and letters as they are read from the topics. */
final class StoredLetters {
    private StoredLetters() {}

    /** The service's schema, with no letter and no action. */
    static DriverManagerDataSource none(TestDatabase database) {
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        var _ = SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
        JdbcClient.create(source)
                .sql("TRUNCATE ingest.dead_letter, ingest.dead_letter_action RESTART IDENTITY")
                .update();
        return source;
    }

    /** One that nobody has done anything about, and of which nobody knows whom or what it is about. */
    static LetterRow open(String channel, String reason, Instant at, FailedRecord record) {
        return new LetterRow(1, channel, reason, "", at, record, About.NOTHING, LetterState.OPEN, at, null, null);
    }
}
