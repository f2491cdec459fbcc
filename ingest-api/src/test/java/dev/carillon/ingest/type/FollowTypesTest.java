package dev.carillon.ingest.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.publication.Precondition;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
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
        var source = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
        TypeTable table = new TypeTable(JdbcClient.create(source));
        table.put(type("hello", 0), TypeRow.Origin.REST, new Precondition(null));
        KnownTypes known = new KnownTypes(new StoredTypes(name -> Optional.empty()));
        FollowTypes follow = new FollowTypes(clients(), TOPICS, known, table);

        follow.start();
        try {
            assertThat(known.find("hello")).isNotNull();
        } finally {
            follow.stop();
        }
    }

    @Test
    void aRecordThatIsNoTypeChangesNothing() {
        KnownTypes known = new KnownTypes(new StoredTypes(name -> Optional.empty()));
        FollowTypes follow = new FollowTypes(clients(), TOPICS, known, new TypeTable(nowhere()));

        follow.apply(change("hello", "{}"));
        follow.apply(change(null, "{}"));
        follow.apply(change("hello", "["));
        follow.apply(change("hello", "{\"name\":\"hello\",\"version\":1}"));

        assertThat(known.find("hello")).isNotNull();
    }

    private static JdbcClient nowhere() {
        return JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none"));
    }

    private static ConsumerRecord<byte[], byte[]> change(@Nullable String key, String value) {
        byte[] name = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(TOPICS.types().name(), 0, 1, name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static NotificationType type(String name, long version) {
        return new NotificationType(name, version, null, null, null, Set.of(), null, null, false, false, List.of());
    }

    private static KafkaClients clients() {
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of("127.0.0.1:1"));
        return new KafkaClients(properties, TOPICS);
    }
}
