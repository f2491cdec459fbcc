package dev.carillon.testsupport;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker and one PostgreSQL server for all tests of a JVM, started at first use and stopped with the JVM.
 *
 * <p>Embedded by default; {@code -Dcarillon.test.infra=testcontainers} takes containers, for which Docker must be able to
 * pull. Tests that stop or kill a server start one of their own (see the module {@code embedded}).
 */
public final class TestInfrastructure {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable TestServers servers;

    static {
        // What needs a broker waits for rebalances and pauses of a busy machine.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    private TestInfrastructure() {}

    /** The address that Kafka clients need. */
    public static String bootstrapServers() {
        return servers().bootstrapServers();
    }

    /** An empty database that nobody else uses; it goes with the server. */
    public static TestDatabase freshDatabase() {
        try {
            return servers().createDatabase("t" + COUNT.incrementAndGet() + "_" + random());
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create a test database", e);
        }
    }

    /** Begins every topic and group name of a test, so that tests on one broker do not meet. */
    public static String freshTopicPrefix() {
        return "t" + COUNT.incrementAndGet() + "." + random() + ".";
    }

    private static synchronized TestServers servers() {
        if (servers == null) {
            TestServers starting = choose(System.getProperty("carillon.test.infra", "embedded"));
            Runtime.getRuntime().addShutdownHook(new Thread(starting::close, "stop-test-infrastructure"));
            servers = starting;
        }
        return servers;
    }

    private static TestServers choose(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "embedded" -> EmbeddedServers.start();
            case "testcontainers" -> ContainerServers.start();
            default ->
                throw new IllegalArgumentException(
                        "carillon.test.infra must be embedded or testcontainers, not " + name);
        };
    }

    private static String random() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
