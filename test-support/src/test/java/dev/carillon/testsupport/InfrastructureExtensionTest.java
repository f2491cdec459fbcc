package dev.carillon.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InfrastructureExtension.class)
class InfrastructureExtensionTest {

    private static final Duration WAIT = Duration.ofMinutes(1);

    private final TestDatabase database;

    InfrastructureExtensionTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void givesOneDatabaseToATestClassAndAnotherToTheNext(TestDatabase again) throws SQLException {
        assertThat(again).isEqualTo(database);
        TestDatabase other = TestInfrastructure.freshDatabase();
        assertThat(name(other)).isNotEqualTo(name(database));
    }

    @Test
    void readsWhatWasWritten(TopicProbe probe, TopicPrefix prefix) {
        String topic = prefix.name("words");
        probe.createTopic(topic, 2);
        probe.send(topic, 1, "ada", "hello".getBytes(StandardCharsets.UTF_8));
        probe.send(topic, 0, "bob", null);
        assertThat(probe.readUntil(topic, WAIT, records -> records.size() == 2))
                .extracting(TopicProbe::text)
                .containsExactlyInAnyOrder("hello", "null");
        assertThat(probe.readAll(topic)).hasSize(2);
    }

    @Test
    void saysWhatATopicHeldWhenTheConditionDidNotCome(TopicProbe probe, TopicPrefix prefix) {
        String topic = prefix.name("words");
        probe.createTopic(topic, 1);
        probe.send(topic, 0, "ada", "hello".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> probe.readUntil(topic, Duration.ofSeconds(3), records -> records.size() == 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("holds 1 records: [hello]");
    }

    @Test
    void givesEveryTestItsOwnPrefix(TopicPrefix prefix) {
        assertThat(prefix.value()).endsWith(".").isNotEqualTo(TestInfrastructure.freshTopicPrefix());
    }

    private static String name(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_database()")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
