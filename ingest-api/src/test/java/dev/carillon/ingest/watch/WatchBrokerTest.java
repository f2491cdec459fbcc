package dev.carillon.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.deadletter.OpenLetters;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.TopicProvisioner;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestInfrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class WatchBrokerTest {
    private final Topics topics = new Topics(
            new TopicSettings(TestInfrastructure.freshTopicPrefix(), 2, (short) 1, List.of(Duration.ofMinutes(1))));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FlowSamples samples = new FlowSamples(ManualClock.at("2026-11-20T10:00:00Z"));

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

            WatchBroker watch = new WatchBroker(clients, topics, samples, registry);
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

    @Test
    void countsWhatWaitsInEachStageAndNoEndOfATransaction() throws Exception {
        KafkaClients clients = clients();
        new TopicProvisioner(clients, topics).start();
        String mails = topics.deliveries(Channel.EMAIL).name();
        sendInTransactions(clients, mails, 3);
        send(clients, topics.retries(Channel.EMAIL, Lane.BULK, 1).name(), 1, 2);
        send(clients, topics.intake(Lane.DIRECT).name(), 0, 4);
        try (Admin admin = clients.admin()) {
            commit(admin, topics.group(Service.EMAIL_WORKER, ""), mails);
            // Reads the same topic for another purpose.
            commit(
                    admin,
                    topics.group(Service.INGEST_API, "activity-log"),
                    topics.intake(Lane.DIRECT).name());
            WatchBroker watch = new WatchBroker(clients, topics, samples, registry);
            // A record and the end of its transaction, three times, of which the first record is read.
            Flow.At expected = new Flow.At("email", Lane.DIRECT, null, null, 4, 0L, null, 0, true, true);
            // The broker writes the end of a transaction a little after the commit is answered.
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                watch.look();
                assertThat(at("email", Lane.DIRECT)).isEqualTo(expected);
            });
        }

        assertThat(at("email", Lane.BULK))
                .isEqualTo(new Flow.At("email", Lane.BULK, null, null, 0, 2L, null, 0, false, true));
        assertThat(at("inapp", Lane.DIRECT))
                .isEqualTo(new Flow.At("inapp", Lane.DIRECT, null, null, 0, null, null, 0, false, true));
        assertThat(at("router", Lane.DIRECT))
                .isEqualTo(new Flow.At("router", Lane.DIRECT, null, null, 4, null, null, 0, false, false));
        assertThat(at("inbound", null))
                .isEqualTo(new Flow.At("inbound", null, null, null, 0, null, null, 0, false, false));
    }

    private Flow.At at(String stage, @Nullable Lane lane) {
        return Objects.requireNonNull(samples.ask(new OpenLetters.Counts(Map.of(), Map.of()))).stages().stream()
                .filter(one -> one.stage().equals(stage) && one.lane() == lane)
                .findFirst()
                .orElseThrow();
    }

    /** Into partition 0, each record in a transaction of its own. */
    private static void sendInTransactions(KafkaClients clients, String topic, int count) {
        Map<String, Object> props = patientProps(clients, Service.ROUTER_STREAM);
        props.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
        try (var producer = new KafkaProducer<byte[], byte[]>(props)) {
            producer.initTransactions();
            for (int i = 0; i < count; i++) {
                producer.beginTransaction();
                var _ = producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {'{', '}'}));
                producer.commitTransaction();
            }
        }
    }

    private static Map<String, Object> patientProps(KafkaClients clients, Service service) {
        Map<String, Object> props = clients.producerProps(service, "test");
        props.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000);
        props.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        return props;
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
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(patientProps(clients, Service.INGEST_API))) {
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
