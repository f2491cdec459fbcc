package dev.carillon.platform.delivery;

import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.kafka.TopicProvisioner;
import dev.carillon.platform.tracing.Tracing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** A worker with a scripted sender on a broker, new for each test, and what a test says and hears on its topics. */
abstract class ScriptedWorker {

    static final RecipientId ADA = new RecipientId("ada");
    static final RecipientId BOB = new RecipientId("bob");
    static final Duration FIRST_TIER = Duration.ofMinutes(1);
    static final Duration SECOND_TIER = Duration.ofHours(1);
    static final int IN_FLIGHT = 50;
    static final Duration WAIT = Duration.ofMinutes(1);

    final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    final PipelineClock clock = new PipelineClock();
    final ScriptedSender sender = new ScriptedSender();
    Topics topics;
    private KafkaClients clients;
    RecordSender records;
    DeliveryWorker worker;

    @BeforeEach
    void startWorker() {
        topics = new Topics(new TopicSettings(
                TestInfrastructure.freshTopicPrefix(), 2, (short) 1, List.of(FIRST_TIER, SECOND_TIER)));
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(TestInfrastructure.bootstrapServers()));
        clients = new KafkaClients(properties, topics);
        new TopicProvisioner(clients, topics).start();
        records = new RecordSender(clients.producer(Service.ROUTER_STREAM, "test"));
        worker = worker(Duration.ofSeconds(2));
        worker.start();
    }

    private DeliveryWorker worker(Duration sendLimit) {
        return new DeliveryWorker(
                Service.PUSH_WORKER,
                sender,
                new WorkerSettings(1, IN_FLIGHT, IN_FLIGHT / 2, 100, sendLimit),
                clients,
                topics,
                clock,
                Tracing.off());
    }

    /** Goes on with a worker whose attempts are not interrupted while a test holds them. */
    void startPatientWorker() {
        worker.stop();
        worker = worker(WAIT);
        worker.start();
    }

    @AfterEach
    void stopWorker() {
        worker.stop();
        records.close();
    }

    void send(Delivery delivery) throws InterruptedException {
        records.sendAll(List.of(record(delivery)), WAIT);
    }

    void sendInBulk(Delivery some) throws InterruptedException {
        Delivery bulk = new Delivery(
                some.id(),
                some.channel(),
                Lane.BULK,
                some.rev(),
                some.address(),
                some.notification(),
                some.items(),
                some.more(),
                some.attempts(),
                some.traceparent());
        TopicSpec topic = topics.deliveries(Channel.PUSH, Lane.BULK);
        records.sendAll(List.of(OutgoingRecord.of(topic, bulk.recipient(), bulk)), WAIT);
    }

    OutgoingRecord record(Delivery delivery) {
        return OutgoingRecord.of(topics.deliveries(Channel.PUSH), delivery.recipient(), delivery);
    }

    Delivery delivery(RecipientId recipient, String title, @Nullable Instant expiresAt) {
        EventUid event = EventUid.of("test", title);
        NotificationId id = NotificationId.of(event, recipient);
        Notification notification = new Notification(
                id,
                event,
                recipient,
                null,
                clock.instant(),
                expiresAt,
                Labels.none(),
                false,
                null,
                Content.of(title, null));
        return new Delivery(
                DeliveryId.of(id, Channel.PUSH),
                Channel.PUSH,
                Lane.DIRECT,
                new Rev(clock.instant(), 0),
                Address.unknown(),
                notification,
                List.of(),
                0,
                Attempts.none(),
                null);
    }

    List<ChannelOutcome> awaitOutcomes(int count) {
        return awaitTold(count).stream()
                .flatMap(outcome -> outcome.channels().stream())
                .toList();
    }

    /** Every outcome here is of one channel. */
    List<NotificationOutcome> awaitTold(int count) {
        return told(probe.readUntil(
                topics.outcomes().name(), WAIT, records -> told(records).size() >= count));
    }

    private static List<NotificationOutcome> told(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .flatMap(record -> Json.read(record.value(), OutcomeBatch.class).outcomes().stream())
                .toList();
    }

    int depth(TopicSpec topic) {
        return probe.readAll(topic.name()).size();
    }
}
