package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InfrastructureExtension.class)
class RouterOnBrokerTest {
    private static final int PARTITIONS = 3;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final Topics topics;
    private TopicProbe probe;

    @TempDir
    Path directory;

    /** Each test has topics of its own, or it would take what an earlier one left for what it waits for. */
    RouterOnBrokerTest(TopicPrefix prefix, TopicProbe probe) {
        String own = prefix.value() + UUID.randomUUID() + ".";
        this.topics = new Topics(new TopicSettings(
                own, PARTITIONS, (short) 1, TopicSettings.defaults().retryTiers()));
        this.probe = probe;
    }

    @Test
    void everyEventIsDeliveredOnceAcrossARestartThatDoesNotWaitFiveSeconds() {
        Duration first;
        try (RunningRouter router = router()) {
            first = router.start();
            for (int i = 0; i < 50; i++) {
                send("before-" + i, "ada", router.clock.instant());
            }
            inapp(50);
        }
        try (RunningRouter router = router()) {
            Duration start = router.start();
            send("before-7", "ada", router.clock.instant());
            send("after", "bob", router.clock.instant());
            List<ConsumerRecord<byte[], byte[]>> all = inapp(51);

            assertThat(all).hasSize(51);
            assertThat(all)
                    .allMatch(record -> record.partition()
                            == Partitions.of(
                                    Json.read(record.value(), Delivery.class).recipient(), PARTITIONS));
            assertThat(start).as("the first took %s", first).isLessThan(first.plusSeconds(5));
        }
    }

    /** As after a crash: the state of the second is what the broker has of the first. */
    @Test
    void aFanOutGoesOnWhereItStoodOnAnotherMachine(@TempDir Path elsewhere) {
        int members = 20_000;
        try (RunningRouter router = router()) {
            join("crowd", members);
            router.start();
            Targets crowd =
                    new Targets(List.of(), List.of(new AudienceId("crowd")), false, List.of(), List.of(), List.of());
            Event event = event("wide", null, 0, router.clock.instant());
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var record = new IntakeRecord.RouteEvent(event, crowd, Lane.DIRECT, null);
                probe.send(topics.intake(Lane.DIRECT).name(), partition, "key", Json.write(record));
            }
            bulk(1);
        }
        String topic = topics.deliveries(Channel.INAPP, Lane.BULK).name();
        assertThat(probe.readAll(topic)).as("stopped in its midst").hasSizeLessThan(members);
        try (RunningRouter router = new RunningRouter(probe.bootstrapServers(), topics, elsewhere, "router-1")) {
            router.start();
            List<ConsumerRecord<byte[], byte[]>> all = bulk(members);

            assertThat(all).hasSize(members);
            assertThat(all.stream().map(record -> new String(record.key(), StandardCharsets.UTF_8)))
                    .doesNotHaveDuplicates();
        }
    }

    private void join(String audience, int members) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", probe.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < members; i++) {
                RecipientId member = new RecipientId("member-" + i);
                var membership = new Membership(new AudienceId(audience), member, 1, true, Instant.EPOCH);
                byte[] key = (audience + '\0' + member).getBytes(StandardCharsets.UTF_8);
                int owner = Partitions.of(member, PARTITIONS);
                var _ = producer.send(
                        new ProducerRecord<>(topics.audienceMembers().name(), owner, key, Json.write(membership)));
            }
            producer.flush();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> bulk(int count) {
        String topic = topics.deliveries(Channel.INAPP, Lane.BULK).name();
        return probe.readUntil(topic, WAIT, records -> records.size() >= count);
    }

    @Test
    void whatQuietHoursHeldIsReleasedWhenTheClockPassesTheirEndAlsoAfterARestart() {
        try (RunningRouter router = router()) {
            Instant now = router.clock.instant();
            type("alert");
            quietAround("ada", now);
            router.start();
            sendTyped("1", "ada", now);
            sendTyped("2", "ada", now);
            inapp(2);
        }
        try (RunningRouter router = router()) {
            router.start();
            assertThat(probe.readAll(topics.deliveries(Channel.EMAIL).name())).isEmpty();
            router.clock.advance(Duration.ofHours(3));

            List<ConsumerRecord<byte[], byte[]>> mails = read(Channel.EMAIL, 1);
            Delivery merged = Json.read(mails.getFirst().value(), Delivery.class);
            assertThat(merged.items()).hasSize(2);
            assertThat(merged.address().email()).isEqualTo("ada@example.com");
        }
    }

    /** Nothing comes in its partition, and nothing is due there. */
    @Test
    void aHoldThatTheDueQueueLostIsFoundWhenItsPartitionIsOpened(@TempDir Path elsewhere) {
        try (RunningRouter router = router()) {
            Instant now = router.clock.instant();
            type("alert");
            quietAround("ada", now);
            router.start();
            sendTyped("1", "ada", now);
            inapp(1);
        }
        String changelog = topics.group(Service.ROUTER_STREAM, "") + "-holds-changelog";
        List<ConsumerRecord<byte[], byte[]>> due = probe.readAll(changelog).stream()
                .filter(record -> record.key()[0] == 'D')
                .toList();
        assertThat(due).hasSize(1);
        delete(due.getFirst());
        try (RunningRouter router = new RunningRouter(probe.bootstrapServers(), topics, elsewhere, "router-1")) {
            router.start();
            router.clock.advance(Duration.ofHours(3));

            read(Channel.EMAIL, 1);
        }
    }

    private void delete(ConsumerRecord<byte[], byte[]> record) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", probe.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(new ProducerRecord<>(record.topic(), record.partition(), record.key(), null));
            producer.flush();
        }
    }

    @Test
    void aRecordOfTypesThatCannotBeReadIsOneDeadLetterHoweverOftenItIsReadAgain(@TempDir Path elsewhere) {
        String dead = topics.dead(Service.ROUTER_STREAM).name();
        try (RunningRouter router = router()) {
            probe.send(topics.types().name(), 0, "alert", "{".getBytes(StandardCharsets.UTF_8));
            router.start();
            List<ConsumerRecord<byte[], byte[]>> letters = probe.readUntil(dead, WAIT, records -> !records.isEmpty());
            assertThat(Json.read(letters.getFirst().value(), DeadLetter.class).topic())
                    .isEqualTo(topics.types().name());
        }
        try (RunningRouter router = new RunningRouter(probe.bootstrapServers(), topics, elsewhere, "router-1")) {
            router.start();
            Instant now = router.clock.instant();
            for (int i = 0; i < 20; i++) {
                send("event-" + i, "recipient-" + i, now);
            }
            inapp(20);
            assertThat(probe.readAll(dead)).hasSize(1);
        }
    }

    @Test
    void storesThatWereNotClosedAreRestoredFromTheBroker() throws Exception {
        Path state = directory.resolve("state");
        Path task = state.resolve(topics.group(Service.ROUTER_STREAM, "")).resolve("0_0");
        try (RunningRouter router = router()) {
            Instant now = router.clock.instant();
            type("alert");
            quietAround("ada", now);
            router.start();
            sendTyped("1", "ada", now);
            inapp(1);
        }
        Path closed = Files.createFile(task.resolve("closed"));
        try (RunningRouter router = router()) {
            router.start();
            assertThat(closed).exists();
        }
        Files.createFile(state.resolve("router-has-not-closed"));
        try (RunningRouter router = router()) {
            router.start();
            assertThat(closed).doesNotExist();
            router.clock.advance(Duration.ofHours(3));
            read(Channel.EMAIL, 1);
        }
        assertThat(state.resolve("router-has-not-closed")).doesNotExist();
    }

    @Test
    void nothingIsWrittenWhileNothingIsDueAlsoWhileSomethingWaits() throws Exception {
        // On the shared one sessions and transactions of other tests end late, which is written down too.
        try (EmbeddedBroker own = EmbeddedBroker.start(BrokerSettings.temporary())) {
            probe = new TopicProbe(own.bootstrapServers());
            try (RunningRouter router = router()) {
                Instant now = router.clock.instant();
                type("alert");
                quietAround("ada", now);
                router.start();
                sendTyped("1", "ada", now);
                inapp(1);
                Map<TopicPartition, Long> before = settledEnds();

                Thread.sleep(IDLE);

                assertThat(ends()).isEqualTo(before);
            }
        }
    }

    /** Ends of the logs of every topic, transactions and offsets included, once they no longer move. */
    private Map<TopicPartition, Long> settledEnds() {
        AtomicReference<Map<TopicPartition, Long>> last = new AtomicReference<>(Map.of());
        Awaitility.await().pollInterval(Duration.ofSeconds(1)).atMost(WAIT).until(() -> {
            Map<TopicPartition, Long> now = ends();
            return last.getAndSet(now).equals(now);
        });
        return last.get();
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", probe.bootstrapServers()))) {
            Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(names)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> topic.partitions()
                            .forEach(partition ->
                                    latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        }
    }

    private RunningRouter router() {
        return router("state");
    }

    private RunningRouter router(String state) {
        return new RunningRouter(probe.bootstrapServers(), topics, directory.resolve(state), "router-1");
    }

    private List<ConsumerRecord<byte[], byte[]>> inapp(int count) {
        return read(Channel.INAPP, count);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Channel channel, int count) {
        return probe.readUntil(topics.deliveries(channel).name(), WAIT, records -> records.size() >= count);
    }

    private void send(String id, String recipient, Instant now) {
        intake(recipient, route(id, null, 0, recipient, now));
    }

    private void sendTyped(String id, String recipient, Instant now) {
        intake(recipient, route(id, "alert", 3, recipient, now));
    }

    private void intake(String recipient, IntakeRecord record) {
        probe.send(
                topics.intake(Lane.DIRECT).name(),
                Partitions.of(new RecipientId(recipient), PARTITIONS),
                "key",
                Json.write(record));
    }

    private void type(String name) {
        NotificationType type = new NotificationType(
                name, 3, null, null, null, Set.of(Channel.INAPP, Channel.EMAIL), null, null, false, false, List.of());
        probe.send(topics.types().name(), 0, name, Json.write(type));
    }

    private void quietAround(String recipient, Instant now) {
        LocalTime time = now.atZone(ZoneOffset.UTC).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
        QuietWindow window = new QuietWindow(Set.of(), time.minusHours(1), time.plusHours(2), Set.of());
        Preferences preferences =
                new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(window), null, null);
        intake(
                recipient,
                new IntakeRecord.ProfileChanged(new RecipientProfile(
                        new RecipientId(recipient), 1, null, recipient + "@example.com", null, preferences)));
    }

    private static IntakeRecord route(String id, @Nullable String type, long version, String recipient, Instant now) {
        Event event = event(id, type, version, now);
        return new IntakeRecord.RouteEvent(
                event, Targets.ofRecipients(List.of(new RecipientId(recipient))), Lane.DIRECT, null);
    }

    private static Event event(String id, @Nullable String type, long version, Instant now) {
        return new Event(
                EventUid.of("test", id),
                "test",
                id,
                type,
                version,
                now,
                null,
                Content.of("Title", null),
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                null);
    }
}
