package dev.carillon.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.TopicProvisioner;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.TestInfrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class WatchBrokerTest {
    private final Topics topics = new Topics(
            new TopicSettings(TestInfrastructure.freshTopicPrefix(), 2, (short) 1, List.of(Duration.ofMinutes(1))));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void saysHowFarOurGroupsAreBehindAndHowManyDeadLettersThereAre() throws Exception {
        KafkaClients clients = clients();
        new TopicProvisioner(clients, topics).start();
        String mails = topics.deliveries(Channel.EMAIL).name();
        send(clients, mails, 0, 5);
        send(clients, mails, 1, 2);
        send(clients, topics.dead(Channel.PUSH).name(), 1, 3);
        String group = topics.group(Service.EMAIL_WORKER, "");
        try (Admin admin = clients.admin()) {
            commit(admin, group, mails);
            commit(admin, topics.settings().prefix() + "somebody-else", mails);

            WatchBroker watch = new WatchBroker(clients, topics, registry);
            assertThat(registry.get("carillon.broker.watched").gauge().value()).isZero();
            watch.look();
        }
        assertThat(registry.get("carillon.group.lag").gauges()).singleElement().satisfies(lag -> {
            assertThat(lag.getId().getTag("group")).isEqualTo(group);
            assertThat(lag.getId().getTag("topic")).isEqualTo(mails);
            assertThat(lag.value()).isEqualTo(4 + 2);
        });
        assertThat(dead(Channel.PUSH)).isEqualTo(3);
        assertThat(dead(Channel.EMAIL)).isZero();
        assertThat(registry.get("carillon.broker.watched").gauge().value()).isEqualTo(1);
    }

    private double dead(Channel channel) {
        return registry.get("carillon.dead.letters")
                .tag("topic", topics.dead(channel).name())
                .gauge()
                .value();
    }

    private static void commit(Admin admin, String group, String topic) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group,
                        Map.of(
                                new TopicPartition(topic, 0), new OffsetAndMetadata(1),
                                new TopicPartition(topic, 1), new OffsetAndMetadata(0)))
                .all()
                .get();
    }

    private static void send(KafkaClients clients, String topic, int partition, int count) throws Exception {
        try (Producer<byte[], byte[]> producer = clients.producer(Service.INGEST_API, "test")) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {'{', '}'}))
                        .get();
            }
        }
    }

    private KafkaClients clients() {
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(TestInfrastructure.bootstrapServers()));
        return new KafkaClients(properties, topics);
    }
}
