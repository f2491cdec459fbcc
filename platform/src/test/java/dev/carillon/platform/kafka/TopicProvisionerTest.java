package dev.carillon.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.TestInfrastructure;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class TopicProvisionerTest {
    private static final List<Duration> TIERS = List.of(Duration.ofMinutes(1));

    @Test
    void makesTopicsWithTheNumberOfCopiesThatMustHaveARecord() throws Exception {
        Topics topics =
                new Topics(new TopicSettings(TestInfrastructure.freshTopicPrefix(), 1, (short) -1, TIERS, (short) 2));
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(TestInfrastructure.bootstrapServers()));
        KafkaClients clients = new KafkaClients(properties, topics);

        new TopicProvisioner(clients, topics).start();

        try (Admin admin = clients.admin()) {
            List<ConfigResource> made = topics.all().stream()
                    .map(TopicSpec::name)
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            assertThat(admin.describeConfigs(made).all().get().values())
                    .hasSize(topics.all().size())
                    .allSatisfy(config -> assertThat(copies(config)).isEqualTo("2"));
        }
    }

    @Test
    void refusesToWaitForMoreCopiesThanThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSettings("t.", 1, (short) 2, TIERS, (short) 3))
                .withMessageContaining("min.insync.replicas 3 must be at most the replication factor 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicSettings("t.", 1, (short) 3, TIERS, (short) 0));
        assertThat(new TopicSettings("t.", 1, (short) 3, TIERS).ofEveryTopic()).isEmpty();
    }

    private static String copies(Config config) {
        return config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value();
    }
}
