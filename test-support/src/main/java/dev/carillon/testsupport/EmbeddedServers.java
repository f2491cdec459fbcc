package dev.carillon.testsupport;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.DatabaseSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.embedded.EmbeddedDatabase;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Both servers in and beside this JVM, on temporary directories; the database as durable as a real one. */
record EmbeddedServers(EmbeddedBroker broker, EmbeddedDatabase database) implements TestServers {

    /** Nobody restarts this broker, so its controller need not suspect it on a machine that is busy with tests. */
    private static final BrokerSettings PATIENT =
            new BrokerSettings(null, 0, Map.of("broker.session.timeout.ms", "18000"));

    static EmbeddedServers start() {
        CompletableFuture<EmbeddedDatabase> database =
                CompletableFuture.supplyAsync(() -> EmbeddedDatabase.start(DatabaseSettings.temporary()));
        EmbeddedBroker broker = EmbeddedBroker.start(PATIENT);
        return new EmbeddedServers(broker, database.join());
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public TestDatabase createDatabase(String name) throws SQLException {
        database.createDatabase(name);
        return new TestDatabase(database.jdbcUrl(name), EmbeddedDatabase.USER, database.password());
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }
}
