package dev.carillon.standalone.server;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.DataDirectory;
import dev.carillon.embedded.DatabaseSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.embedded.EmbeddedDatabase;
import dev.carillon.embedded.StartRefusedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A broker, a database and the secrets of one data directory, or temporary ones without a directory. */
public final class StandaloneServers implements AutoCloseable {

    /** The format of the directory as a whole; broker and database have numbers of their own. */
    private static final int FORMAT = 1;

    private final @Nullable DataDirectory directory;
    private final EmbeddedBroker broker;
    private final EmbeddedDatabase database;
    private final Secrets secrets;
    private final RouterState routerState;

    private StandaloneServers(
            @Nullable DataDirectory directory, EmbeddedBroker broker, EmbeddedDatabase database, Secrets secrets) {
        this.directory = directory;
        this.routerState = RouterState.of(directory);
        this.broker = broker;
        this.database = database;
        this.secrets = secrets;
    }

    /**
     * Starts both servers at the same time.
     *
     * @throws StartRefusedException where the directory or the platform does not allow it; nothing keeps running then
     */
    public static StandaloneServers start(@Nullable Path data) {
        DataDirectory directory = data == null ? null : DataDirectory.open(data, FORMAT);
        try {
            Secrets secrets = directory == null ? Secrets.fresh() : Secrets.in(directory.path());
            return start(directory, secrets);
        } catch (RuntimeException e) {
            if (directory != null) {
                directory.close();
            }
            throw e;
        }
    }

    /** The settings that lead the services here. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        properties.put("spring.datasource.url", database.jdbcUrl());
        properties.put("spring.datasource.username", EmbeddedDatabase.USER);
        properties.put("spring.datasource.password", database.password());
        properties.put("carillon.router.state-dir", routerState.path().toString());
        return properties;
    }

    public Secrets secrets() {
        return secrets;
    }

    /** The directory in use; null while everything is temporary. */
    public @Nullable Path path() {
        return directory == null ? null : directory.path();
    }

    /** Stops the broker, then the database, then gives the directory free. */
    @Override
    public void close() {
        try (directory;
                routerState;
                database;
                broker) {
            // Closed in reverse order, each also where an earlier one fails.
        }
    }

    private static StandaloneServers start(@Nullable DataDirectory directory, Secrets secrets) {
        CompletableFuture<EmbeddedDatabase> database =
                CompletableFuture.supplyAsync(() -> EmbeddedDatabase.start(databaseSettings(directory)));
        EmbeddedBroker broker;
        try {
            broker = EmbeddedBroker.start(brokerSettings(directory));
        } catch (RuntimeException e) {
            database.thenAccept(EmbeddedDatabase::close)
                    .exceptionally(alsoFailed -> null)
                    .join();
            throw e;
        }
        try {
            return new StandaloneServers(directory, broker, database.join(), secrets);
        } catch (CompletionException e) {
            broker.close();
            throw e.getCause() instanceof StartRefusedException refused ? refused : e;
        }
    }

    private static BrokerSettings brokerSettings(@Nullable DataDirectory directory) {
        return directory == null
                ? BrokerSettings.temporary()
                : BrokerSettings.in(directory.path().resolve("broker"));
    }

    private static DatabaseSettings databaseSettings(@Nullable DataDirectory directory) {
        return directory == null
                ? DatabaseSettings.temporary()
                : DatabaseSettings.in(directory.path().resolve("database"));
    }
}
