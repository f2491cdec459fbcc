package dev.carillon.ingest.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.publication.Precondition;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(InfrastructureExtension.class)
class FollowTypesTest {
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());

    /** No broker answers here: what the database has does not depend on it. */
    @Test
    void everyStoredTypeIsKnownOnceItHasStarted(TestDatabase database) {
        TypeTable table = migrated(database);
        table.put(type("hello", 0), TypeRow.Origin.REST, new Precondition(null));
        KnownTypes known = new KnownTypes(new StoredTypes(name -> Optional.empty()));
        FollowTypes follow = new FollowTypes(clients("127.0.0.1:1", TOPICS), TOPICS, known, table);

        follow.start();
        try {
            assertThat(known.find("hello")).isNotNull();
        } finally {
            follow.stop();
        }
    }

    @Test
    void recordsThatAreNoTypesKeepNoneBehindThemFromBeingKnown(TestDatabase database) {
        Topics topics = new Topics(
                new TopicSettings(TestInfrastructure.freshTopicPrefix(), 1, (short) 1, List.of(Duration.ofMinutes(1))));
        String servers = TestInfrastructure.bootstrapServers();
        TopicProbe probe = new TopicProbe(servers);
        probe.createTopic(topics.types().name(), 1);
        for (String text : List.of("null", "{}", "[", "{\"name\":\"hello\",\"version\":1}")) {
            probe.send(topics.types().name(), 0, "hello", text.getBytes(StandardCharsets.UTF_8));
        }
        KnownTypes known = new KnownTypes(new StoredTypes(name -> Optional.empty()));
        FollowTypes follow = new FollowTypes(clients(servers, topics), topics, known, migrated(database));

        follow.start();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> known.find("hello") != null);
        } finally {
            follow.stop();
        }
    }

    private static TypeTable migrated(TestDatabase database) {
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
        return new TypeTable(JdbcClient.create(source));
    }

    private static NotificationType type(String name, long version) {
        return new NotificationType(name, version, null, null, null, Set.of(), null, null, false, false, List.of());
    }

    private static KafkaClients clients(String servers, Topics topics) {
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(servers));
        return new KafkaClients(properties, topics);
    }
}
