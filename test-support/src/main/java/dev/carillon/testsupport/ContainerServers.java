package dev.carillon.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Both servers in containers, with the settings of the embedded ones that tests rely on. */
record ContainerServers(KafkaContainer kafka, PostgreSQLContainer postgres) implements TestServers {

    static ContainerServers start() {
        KafkaContainer kafka = new KafkaContainer("apache/kafka:4.2.2")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000");
        PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:18");
        kafka.start();
        postgres.start();
        return new ContainerServers(kafka, postgres);
    }

    @Override
    public String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    @Override
    public TestDatabase createDatabase(String name) throws SQLException {
        String url = postgres.getJdbcUrl();
        try (Connection connection = DriverManager.getConnection(url, postgres.getUsername(), postgres.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new TestDatabase(
                url.replace("/" + postgres.getDatabaseName(), "/" + name),
                postgres.getUsername(),
                postgres.getPassword());
    }

    @Override
    public void close() {
        kafka.stop();
        postgres.stop();
    }
}
