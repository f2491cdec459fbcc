package dev.carillon.benchmarks.stage;

import dev.carillon.benchmarks.process.ProcessUsage;
import dev.carillon.embedded.DatabaseSettings;
import dev.carillon.embedded.EmbeddedDatabase;
import dev.carillon.fleet.Member;
import dev.carillon.schemas.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every row is measured on: one broker and one durable database for the run, each in processes of its own, and the
 * services that the row asks for. Services stay until a row asks for others.
 */
public final class Stage implements AutoCloseable {
    private final Conditions conditions;
    private final Path directory;
    private @Nullable BrokerProcess broker;
    private @Nullable EmbeddedDatabase database;
    private @Nullable Services services;
    private int number;

    public Stage(Conditions conditions) {
        this.conditions = conditions;
        try {
            directory = Files.createTempDirectory("carillon-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Conditions conditions() {
        return conditions;
    }

    public Scale scale() {
        return conditions.scale();
    }

    /** A new directory that goes with the run. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name + "-" + ++number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BrokerProcess broker() {
        BrokerProcess running = broker;
        if (running == null) {
            running = BrokerProcess.start(directory("broker"), conditions);
            broker = running;
        }
        return running;
    }

    public EmbeddedDatabase database() {
        EmbeddedDatabase running = database;
        if (running == null) {
            running = EmbeddedDatabase.start(DatabaseSettings.in(directory.resolve("database")));
            database = running;
        }
        return running;
    }

    /**
     * Exactly these services, ready, on topics and in a database of their own; the ones that run already where they are the
     * same with the same arguments.
     */
    public Services services(Set<Service> wanted, String... arguments) {
        return services(wanted, 1, arguments);
    }

    /** The same with so many routers. */
    public Services services(Set<Service> wanted, int routers, String... arguments) {
        Services running = services;
        if (running != null && running.are(wanted, routers, arguments)) {
            return running;
        }
        dismiss();
        String name = "run" + ++number;
        try {
            database().createDatabase(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        conditions.progress().say("starting " + names(wanted));
        Services started = Services.start(this, name, wanted, routers, arguments);
        services = started;
        return started;
    }

    /** Stops the services, so that a floor has the machine for itself. */
    public void dismiss() {
        Services running = services;
        services = null;
        if (running != null) {
            running.close();
        }
    }

    /** Tells the database's planner how large the services' tables are, as its own housekeeping does within a minute. */
    public void analyze() {
        Services running = services;
        if (running == null) {
            throw new IllegalStateException("no services run");
        }
        try (Connection connection = running.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Broker, database and services by name. */
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put("broker", broker().pid());
        pids.put("database", postmaster());
        Services running = services;
        if (running != null) {
            for (Member member : running.members()) {
                String code = member.service().code();
                pids.put(
                        pids.containsKey(code) ? member.name() : code,
                        member.process().pid());
            }
        }
        return pids;
    }

    private long postmaster() {
        database();
        try {
            Path file = directory.resolve("database").resolve("data").resolve("postmaster.pid");
            return Long.parseLong(Files.readAllLines(file).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time that the broker has used so far. */
    public double brokerSeconds() {
        return ProcessUsage.cpuSeconds(broker().pid());
    }

    private static String names(Set<Service> services) {
        return String.join(", ", services.stream().map(Service::code).sorted().toList());
    }

    /** What is left to do while this JVM is being ended: its children end by themselves, but for the database. Files stay. */
    public void abandon() {
        EmbeddedDatabase running = database;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public void close() {
        dismiss();
        BrokerProcess runningBroker = broker;
        if (runningBroker != null) {
            runningBroker.close();
        }
        EmbeddedDatabase runningDatabase = database;
        if (runningDatabase != null) {
            runningDatabase.close();
        }
        Directories.delete(directory);
    }
}
