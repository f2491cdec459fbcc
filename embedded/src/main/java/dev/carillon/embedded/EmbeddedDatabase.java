package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server on the loopback only, in processes of its own.
 *
 * <p>It outlives a killed JVM; the next start on its directory stops it first. One thread starts and stops it; {@link
 * #stop} and {@link #start} again keep port and data.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** The one user, a superuser of this cluster. */
    public static final String USER = "carillon";

    /** Exists from the first start. */
    public static final String DATABASE = "carillon";

    private static final String TEMPORARY = "carillon-database-";

    private final DatabaseSettings settings;
    private final DatabaseFiles files;
    private final PostgresPrograms programs;
    private final PostgresUser user;
    private final int port;
    private @Nullable DataDirectory lock;
    private String password = "";

    private EmbeddedDatabase(DatabaseSettings settings, PostgresUser user) {
        this.settings = settings;
        this.port = LoopbackPort.choose(settings.port());
        this.user = user;
        this.programs = new PostgresPrograms(PostgresBinaries.unpacked(), user);
        this.files = new DatabaseFiles(
                settings.directory() == null
                        ? TemporaryDirectory.create(TEMPORARY)
                        : settings.directory().toAbsolutePath().normalize());
    }

    /**
     * Starts a server and returns when it takes connections.
     *
     * @throws StartRefusedException where the directory, the port or the platform does not allow it
     */
    public static EmbeddedDatabase start(DatabaseSettings settings) {
        return start(settings, PostgresUser.detect());
    }

    static EmbeddedDatabase start(DatabaseSettings settings, PostgresUser user) {
        EmbeddedDatabase database = new EmbeddedDatabase(settings, user);
        if (settings.directory() == null) {
            TemporaryDirectory.sweep(
                    TEMPORARY, database.files.directory(), directory -> stopOrphan(new DatabaseFiles(directory)));
        }
        database.start();
        return database;
    }

    /** Starts a stopped database again; does nothing while it runs. */
    public void start() {
        if (lock != null) {
            return;
        }
        DataDirectory opened = DataDirectory.open(files.directory(), DatabaseFiles.FORMAT);
        try {
            files.checkVersion();
            stopOrphan(files);
            LoopbackPort.requireFree(LoopbackPort.ADDRESS, port);
            password = files.prepare(programs, user, settings.durable());
            programs.launch(files.data(), files.log(), port, settings.durable());
            createDefaultDatabase();
            lock = opened;
        } catch (IOException | SQLException e) {
            throw refused(Sentences.of(e), e);
        } finally {
            if (lock == null) {
                abandon(opened);
            }
        }
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(LoopbackPort.HOST, port, database);
    }

    /**
     * Makes an empty database.
     *
     * @param name lower-case letters, digits and underscores
     */
    public void createDatabase(String name) throws SQLException {
        if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("Not a plain database name: " + name);
        }
        execute("CREATE DATABASE " + name);
    }

    /** Disconnects all clients, stops the server and keeps its data, also where they are temporary. */
    public void stop() {
        if (lock == null) {
            return;
        }
        stopOrphan(files);
        unlock();
    }

    /** Ends the server as a crash of its process would; {@link #start} recovers it. */
    public void kill() {
        try {
            Postmaster.of(files.data()).ifPresent(Postmaster::kill);
        } catch (IOException e) {
            throw refused(Sentences.of(e), e);
        }
        unlock();
    }

    @Override
    public void close() {
        stop();
        if (settings.directory() == null) {
            TemporaryDirectory.delete(files.directory());
        }
    }

    private void abandon(DataDirectory opened) {
        try (opened) {
            stopOrphan(files);
        }
    }

    private static void stopOrphan(DatabaseFiles files) {
        try {
            Optional<Postmaster> running = Postmaster.of(files.data());
            if (running.isPresent()) {
                running.get().stop();
            } else {
                Postmaster.forget(files.data());
            }
        } catch (IOException e) {
            throw new StartRefusedException(
                    Reason.FAILED,
                    "The PostgreSQL that still runs on %s cannot be stopped: %s."
                            .formatted(files.directory(), Sentences.of(e)),
                    e);
        }
    }

    private void createDefaultDatabase() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            boolean exists = statement
                    .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")
                    .next();
            if (!exists) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl("postgres"));
        return source.getConnection(USER, password);
    }

    private StartRefusedException refused(String why, Exception cause) {
        return new StartRefusedException(
                Reason.FAILED,
                "The embedded PostgreSQL did not start on %s: %s (its log is %s)."
                        .formatted(files.directory(), why, files.log()),
                cause);
    }

    private void unlock() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
