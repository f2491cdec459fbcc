package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.RouterStreamApplication;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.testsupport.ChildProcess;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.RandomSeed;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three routers as processes, stopped, killed and started again at random while windows are open, caps count and
 * audiences are told. {@code -Dcarillon.events=20000} runs it in full size; the normal build tells fewer.
 */
@ExtendWith(InfrastructureExtension.class)
class ThreeRoutersTest {
    private static final int EVENTS = Integer.getInteger("carillon.events", 3_000);
    private static final int PARTITIONS = 12;
    private static final int ROUNDS = 6;
    private static final int RECIPIENTS = 200;
    private static final int TEAM = 20;
    private static final int PUSHES_PER_DAY = 3;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofMinutes(3);

    private final Topics topics;
    private final TopicProbe probe;
    private final Map<String, ChildProcess> running = new TreeMap<>();
    private final RandomGenerator random = RandomSeed.of("ThreeRoutersTest").generator();
    /** Of each recipient, what she must be told. */
    private final Map<String, Set<EventUid>> expected = new HashMap<>();

    @TempDir
    Path directory;

    ThreeRoutersTest(TopicPrefix prefix, TopicProbe probe) {
        this.topics = new Topics(new TopicSettings(
                prefix.value(), PARTITIONS, (short) 1, TopicSettings.defaults().retryTiers()));
        this.probe = probe;
    }

    @Test
    void everyNotificationIsToldOnceWhateverHappensToTheRouters() {
        try (Producer<byte[], byte[]> producer = producer()) {
            // The topics come with the first router.
            start("router-0");
            settings(producer);
            start("router-1");
            start("router-2");
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < EVENTS / ROUNDS; i++) {
                    publish(producer, round * EVENTS + i);
                }
                producer.flush();
                disturb("router-" + random.nextInt(3));
            }

            int count = expected.values().stream().mapToInt(Set::size).sum();
            List<Delivery> shown = deliveries(Channel.INAPP, count);
            eachIsTold(shown);
            eachIsTold(deliveries(Channel.EMAIL, count));
            pushesStayBelowTheirCap(deliveries(Channel.PUSH, pushes()));
            everyDecisionIsOnRecord(shown);
        } finally {
            running.values().forEach(ChildProcess::close);
        }
    }

    private void disturb(String name) {
        ChildProcess router = Objects.requireNonNull(running.get(name));
        if (random.nextBoolean()) {
            router.terminate(Duration.ofMinutes(1));
        } else {
            router.kill();
        }
        router.close();
        start(name);
    }

    private void start(String name) {
        ChildProcess router = ChildProcess.start(new ChildProcess.Command(
                        RouterStreamApplication.class,
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + probe.bootstrapServers(),
                        "--carillon.topics.prefix=" + topics.settings().prefix(),
                        "--carillon.topics.partitions=" + PARTITIONS,
                        "--carillon.router.state-dir=" + directory.resolve(name),
                        "--carillon.router.instance=" + name,
                        "--carillon.router.memory=32MB")
                .jvm("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        running.put(name, router);
        router.awaitLine("The router is RUNNING", WAIT);
    }

    private void settings(Producer<byte[], byte[]> producer) {
        Batch batch = new Batch(Set.of(Channel.EMAIL), Batch.Mode.FIXED, WINDOW, null, false, null, 100);
        Cap cap = new Cap(Channel.PUSH, null, PUSHES_PER_DAY, Cap.Period.DAY);
        NotificationType type = new NotificationType(
                        "news", 1, null, null, null, Set.of(Channel.values()), null, null, false, false, List.of())
                .withPolicies(new Policies(List.of(batch), null, List.of(cap), OverCap.DROP, false));
        send(producer, topics.types(), 0, "news", type);
        for (int i = 0; i < RECIPIENTS; i++) {
            RecipientId id = new RecipientId("r" + i);
            RecipientProfile profile =
                    new RecipientProfile(id, 1, null, id + "@example.com", null, Preferences.defaults());
            intake(producer, id, new IntakeRecord.ProfileChanged(profile));
            AudienceId team = team(i);
            send(
                    producer,
                    topics.audienceMembers(),
                    Partitions.of(id, PARTITIONS),
                    team + "\0" + id,
                    new Membership(team, id, 1, true, Instant.EPOCH));
        }
        producer.flush();
    }

    private static AudienceId team(int recipient) {
        return new AudienceId("team-" + recipient / TEAM);
    }

    /** One in fifty goes to a team, one in twenty comes twice. */
    private void publish(Producer<byte[], byte[]> producer, int number) {
        Event event = event("e" + number);
        int someone = random.nextInt(RECIPIENTS);
        boolean twice = random.nextInt(20) == 0;
        if (random.nextInt(50) == 0) {
            Targets team = new Targets(List.of(), List.of(team(someone)), false, List.of(), List.of(), List.of());
            int first = someone / TEAM * TEAM;
            IntStream.range(first, first + TEAM).forEach(member -> expect(member, event));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var record = new IntakeRecord.RouteEvent(event, team, Lane.DIRECT, null);
                send(producer, topics.intake(Lane.DIRECT), partition, event.id(), record);
            }
        } else {
            RecipientId id = new RecipientId("r" + someone);
            Targets one = Targets.ofRecipients(List.of(id));
            expect(someone, event);
            for (int time = 0; time < (twice ? 2 : 1); time++) {
                intake(producer, id, new IntakeRecord.RouteEvent(event, one, Lane.DIRECT, null));
            }
        }
    }

    private void expect(int recipient, Event event) {
        expected.computeIfAbsent("r" + recipient, key -> new HashSet<>()).add(event.uid());
    }

    private int pushes() {
        return expected.values().stream()
                .mapToInt(events -> Math.min(PUSHES_PER_DAY, events.size()))
                .sum();
    }

    /** All deliveries of a channel, in both lanes, once they tell that many. */
    private List<Delivery> deliveries(Channel channel, int count) {
        return Awaitility.await(channel + " tells " + count)
                .atMost(WAIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> Stream.of(Lane.values())
                                .map(lane -> topics.deliveries(channel, lane).name())
                                .flatMap(topic -> read(probe.readAll(topic)).stream())
                                .toList(),
                        deliveries -> told(deliveries) >= count);
    }

    private static List<Delivery> read(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Json.read(record.value(), Delivery.class))
                .toList();
    }

    private static long told(List<Delivery> deliveries) {
        return deliveries.stream().flatMap(ThreeRoutersTest::events).count();
    }

    private static Stream<EventUid> events(Delivery delivery) {
        assertThat(delivery.more()).isZero();
        return delivery.merged()
                ? delivery.items().stream().map(Notification::event)
                : Stream.of(delivery.notification().event());
    }

    private void eachIsTold(List<Delivery> deliveries) {
        Map<String, List<EventUid>> told = new HashMap<>();
        for (Delivery delivery : deliveries) {
            events(delivery)
                    .forEach(event -> told.computeIfAbsent(delivery.recipient().value(), key -> new ArrayList<>())
                            .add(event));
        }
        assertThat(told.keySet()).isEqualTo(expected.keySet());
        told.forEach((recipient, events) -> assertThat(events)
                .as("told to %s", recipient)
                .containsExactlyInAnyOrderElementsOf(expected.get(recipient)));
    }

    private void pushesStayBelowTheirCap(List<Delivery> pushes) {
        Map<String, Long> counts = pushes.stream()
                .collect(Collectors.groupingBy(push -> push.recipient().value(), Collectors.counting()));
        assertThat(counts).isEqualTo(expected.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one ->
                (long) Math.min(PUSHES_PER_DAY, one.getValue().size()))));
    }

    /** Every notification was decided once for every channel: it went out, was merged into another or was over the cap. */
    private void everyDecisionIsOnRecord(List<Delivery> shown) {
        Set<NotificationId> known =
                shown.stream().map(delivery -> delivery.notification().id()).collect(Collectors.toSet());
        Map<String, Integer> ends = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                probe.readAll(topics.outcomes().name())) {
            for (NotificationOutcome outcome :
                    Json.read(record.value(), OutcomeBatch.class).outcomes()) {
                for (ChannelOutcome channel : outcome.channels()) {
                    // What was merged goes out under a name of its own.
                    if (channel.state() != OutcomeState.HELD && known.contains(outcome.notification())) {
                        ends.merge(outcome.notification() + " " + channel.channel(), 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(ends).hasSize(known.size() * Channel.values().length);
        assertThat(ends.values()).containsOnly(1);
    }

    private void intake(Producer<byte[], byte[]> producer, RecipientId recipient, IntakeRecord record) {
        send(producer, topics.intake(Lane.DIRECT), Partitions.of(recipient, PARTITIONS), "key", record);
    }

    private static void send(
            Producer<byte[], byte[]> producer, TopicSpec topic, int partition, String key, Object value) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(topic.name(), partition, bytes, Json.write(value)));
    }

    private static Event event(String id) {
        Content content = Content.of("Title " + id, null);
        EventUid uid = EventUid.of("test", id);
        return new Event(
                uid,
                "test",
                id,
                "news",
                1,
                Instant.now(),
                null,
                content,
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                null);
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = Map.of("bootstrap.servers", probe.bootstrapServers(), "linger.ms", 5);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
