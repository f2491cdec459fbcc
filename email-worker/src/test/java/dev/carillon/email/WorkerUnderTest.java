package dev.carillon.email;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics and settings of one worker under test, and what a test says and hears on them. */
final class WorkerUnderTest {

    static final Duration WAIT = Duration.ofMinutes(2);
    static final String OPERATOR = "operator-of-these-tests";

    private static final int PARTITIONS = 3;
    private static final List<Duration> TIERS = List.of(Duration.ofMillis(300), Duration.ofSeconds(3));

    private final TestDatabase database = TestInfrastructure.freshDatabase();
    private final Topics topics =
            new Topics(new TopicSettings(TestInfrastructure.freshTopicPrefix(), PARTITIONS, (short) 1, TIERS));
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());

    Connection connect() throws SQLException {
        return database.connect();
    }

    /** Program arguments for a worker on this broker and database. */
    List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestInfrastructure.bootstrapServers(),
                "--carillon.topics.prefix=" + topics.settings().prefix(),
                "--carillon.topics.partitions=" + PARTITIONS,
                "--carillon.topics.retry-tiers=300ms,3s",
                "--carillon.email.from=no-reply@carillon.test",
                "--carillon.email.unsubscribe.origin=https://api.carillon.test",
                "--carillon.email.unsubscribe.secret=a secret of these tests, long enough",
                "--carillon.email.unsubscribe.preferences-url=https://app.carillon.test/preferences",
                "--carillon.operator.token=" + OPERATOR));
        database.springProperties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.addAll(List.of(more));
        return arguments;
    }

    static String[] towards(int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--carillon.email.smtp.host=127.0.0.1",
                "--carillon.email.smtp.port=" + port,
                "--carillon.email.smtp.security=none"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** Makes the channel's topic as a worker would, so that records can wait for the worker's start. */
    void createTopic() {
        probe.createTopic(deliveries().name(), PARTITIONS, deliveries().config());
    }

    /** Who is in the worker's group, by the names that the broker gave: who was thrown out comes back under another. */
    List<String> members() {
        String group = topics.group(Service.EMAIL_WORKER, "");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(found -> found.members().stream())
                    .map(MemberDescription::consumerId)
                    .sorted()
                    .toList();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether every delivery that was sent has ended, or waits on a retry tier. */
    boolean hasReadAll() {
        String group = topics.group(Service.EMAIL_WORKER, "");
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(deliveries().name(), number))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestInfrastructure.bootstrapServers()))) {
            var committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return admin.listOffsets(latest).all().get().entrySet().stream().allMatch(end -> {
                OffsetAndMetadata read = committed.get(end.getKey());
                return read != null && read.offset() == end.getValue().offset();
            });
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(Delivery delivery) {
        send(delivery.recipient().value(), Json.write(delivery));
    }

    void send(String recipient, byte[] value) {
        int partition = Partitions.of(new RecipientId(recipient), PARTITIONS);
        probe.send(deliveries().name(), partition, recipient, value);
    }

    /** Writes many at once; those of one recipient stay in their order. */
    void sendAll(List<Delivery> deliveries) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestInfrastructure.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Delivery delivery : deliveries) {
                var _ = producer.send(new ProducerRecord<>(
                        deliveries().name(),
                        Partitions.of(delivery.recipient(), PARTITIONS),
                        delivery.recipient().value().getBytes(StandardCharsets.UTF_8),
                        Json.write(delivery)));
            }
        }
    }

    /** Writes what a recipient chose, as ingest-api does. */
    void send(RecipientProfile profile) {
        String recipient = profile.recipient().value();
        probe.send(
                topics.recipients().name(),
                Partitions.of(profile.recipient(), PARTITIONS),
                recipient,
                Json.write(profile));
    }

    /** Writes a type into the catalogue. */
    void send(NotificationType type) {
        probe.send(topics.types().name(), 0, type.name(), Json.write(type));
    }

    /** What the worker told about a recipient, once it is so much. */
    List<Activity> activity(String recipient, int count) {
        return activityOf(
                probe.readUntil(
                        topics.activity().name(),
                        WAIT,
                        records -> activityOf(records, recipient).size() >= count),
                recipient);
    }

    /** What it has told so far. */
    List<Activity> activityNow(String recipient) {
        return activityOf(probe.readAll(topics.activity().name()), recipient);
    }

    void command(Command command) {
        probe.send(topics.commands().name(), 0, "command", Json.write(command));
    }

    /** What it answers to a command. */
    Reply reply(String request) {
        return repliesTo(
                        probe.readUntil(
                                topics.replies().name(),
                                WAIT,
                                records -> !repliesTo(records, request).isEmpty()),
                        request)
                .getFirst();
    }

    private static List<Reply> repliesTo(List<ConsumerRecord<byte[], byte[]>> records, String request) {
        return records.stream()
                .map(record -> Json.read(record.value(), Reply.class))
                .filter(reply -> reply.request().equals(request))
                .toList();
    }

    private static List<Activity> activityOf(List<ConsumerRecord<byte[], byte[]>> records, String recipient) {
        return records.stream()
                .map(record -> Json.read(record.value(), Activity.class))
                .filter(activity -> activity.recipient().value().equals(recipient))
                .toList();
    }

    /** Writes in a transaction that does not come about. */
    void sendAndAbort(Delivery delivery) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestInfrastructure.bootstrapServers(),
                "transactional.id",
                deliveries().name());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            String recipient = delivery.recipient().value();
            var _ = producer.send(new ProducerRecord<>(
                    deliveries().name(),
                    Partitions.of(delivery.recipient(), PARTITIONS),
                    recipient.getBytes(StandardCharsets.UTF_8),
                    Json.write(delivery)));
            producer.flush();
            producer.abortTransaction();
        }
    }

    /** Every outcome so far on the e-mail channel, once they satisfy the condition. */
    List<ChannelOutcome> outcomes(Delivery delivery, Predicate<List<ChannelOutcome>> satisfied) {
        return outcomesOf(
                probe.readUntil(
                        topics.outcomes().name(), WAIT, records -> satisfied.test(outcomesOf(records, delivery))),
                delivery);
    }

    /** The dead letters of a recipient, once there are so many. */
    List<DeadLetter> deadLetters(String recipient, int count) {
        return lettersOf(
                probe.readUntil(
                        topics.dead(Channel.EMAIL).name(),
                        WAIT,
                        all -> lettersOf(all, recipient).size() >= count),
                recipient);
    }

    private static List<DeadLetter> lettersOf(List<ConsumerRecord<byte[], byte[]>> records, String recipient) {
        return records.stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(recipient))
                .map(record -> Json.read(record.value(), DeadLetter.class))
                .toList();
    }

    private TopicSpec deliveries() {
        return topics.deliveries(Channel.EMAIL);
    }

    private static List<ChannelOutcome> outcomesOf(List<ConsumerRecord<byte[], byte[]>> records, Delivery delivery) {
        List<ChannelOutcome> outcomes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            for (NotificationOutcome outcome :
                    Json.read(record.value(), OutcomeBatch.class).outcomes()) {
                if (outcome.notification().equals(delivery.notification().id())) {
                    outcomes.addAll(outcome.channels());
                }
            }
        }
        return outcomes;
    }
}
