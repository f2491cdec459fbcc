package dev.carillon.testsupport;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.DatabaseSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.embedded.EmbeddedDatabase;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Both servers in and beside this JVM, on temporary directories; the database as durable as a real one. */
record EmbeddedServers(EmbeddedBroker broker, EmbeddedDatabase database) implements TestServers {

    static EmbeddedServers start() {
        CompletableFuture<EmbeddedDatabase> database =
                CompletableFuture.supplyAsync(() -> EmbeddedDatabase.start(DatabaseSettings.temporary()));
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary());
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
