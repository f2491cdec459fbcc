package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.RouterStreamApplication;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
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
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.TypeDigest;
import dev.carillon.testsupport.ChildProcess;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.RandomSeed;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three routers as processes, stopped, killed and started again at random, one or two at once, while windows are open,
 * quiet hours and later times hold, digests come by the clock, caps count and put off, and audiences are told, also such
 * as are told in portions. {@code -Dcarillon.events=20000} runs it in full size; the normal build tells fewer.
 */
@ExtendWith(InfrastructureExtension.class)
class ThreeRoutersTest {
    private static final int EVENTS = Integer.getInteger("carillon.events", 3_000);
    private static final int PARTITIONS = 12;
    private static final int ROUNDS = 5;
    private static final int TEAM = 20;
    /** So many that nobody's slot meets its limit of items, which would tell "and N more". */
    private static final int RECIPIENTS = TEAM * Math.max(15, EVENTS / 300);

    /** In a partition; the audience of everybody has more. */
    private static final int INLINE = 10;

    private static final AudienceId EVERYBODY = new AudienceId("everybody");
    private static final int DIGESTS = 24;

    private static final int PUSHES_PER_DAY = 3;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofMinutes(3);

    private final Topics topics;
    private final TopicProbe probe;
    private final Map<String, ChildProcess> running = new TreeMap<>();
    private final RandomGenerator random = RandomSeed.of("ThreeRoutersTest").generator();
    /** Of each recipient, what she must be told. */
    private final Map<String, Set<EventUid>> expected = new HashMap<>();
    /** Of each recipient, how much of that may be pushed. */
    private final Map<String, Integer> pushed = new HashMap<>();

    private final List<String> logs = new ArrayList<>();

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
                publish(producer, round);
                List<String> down = takeDown(round < ROUNDS - 1 ? 1 : 2);
                publish(producer, round + ROUNDS);
                down.forEach(this::start);
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

    /** Half of a round's events, and one for everybody. */
    private void publish(Producer<byte[], byte[]> producer, int half) {
        int events = EVENTS / ROUNDS / 2;
        for (int i = 0; i < events; i++) {
            publishOne(producer, "e" + (half * events + i));
        }
        tell(producer, event("all-" + half, Kind.NEWS, null), EVERYBODY, 0, RECIPIENTS);
        producer.flush();
    }

    private List<String> takeDown(int routers) {
        int first = random.nextInt(3);
        List<String> names = IntStream.range(0, routers)
                .mapToObj(i -> "router-" + (first + i) % 3)
                .toList();
        for (String name : names) {
            ChildProcess router = Objects.requireNonNull(running.get(name));
            if (random.nextBoolean()) {
                router.terminate(Duration.ofMinutes(1));
            } else {
                router.kill();
            }
            remember(name, router);
            router.close();
        }
        return names;
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
                        "--carillon.router.memory=32MB",
                        "--carillon.router.decision.inline-targets=" + INLINE,
                        "--carillon.router.decision.quiet-spread=1s")
                .jvm("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        running.put(name, router);
        router.awaitLine("The router is RUNNING", WAIT);
    }

    private void settings(Producer<byte[], byte[]> producer) {
        for (Kind kind : Kind.values()) {
            send(producer, topics.types(), 0, kind.type, kind.type());
        }
        Instant now = Instant.now();
        Preferences awake = preferences(now, List.of());
        Preferences quiet = preferences(now, List.of(quietFor(now)));
        for (int i = 0; i < RECIPIENTS; i++) {
            RecipientId id = new RecipientId("r" + i);
            RecipientProfile profile =
                    new RecipientProfile(id, 1, null, id + "@example.com", null, i % 4 == 0 ? quiet : awake);
            intake(producer, id, new IntakeRecord.ProfileChanged(profile));
            join(producer, team(i), id);
            join(producer, EVERYBODY, id);
        }
        producer.flush();
    }

    /** A digest comes with every minute of the time that the test may take. */
    private static Preferences preferences(Instant now, List<QuietWindow> quiet) {
        LocalTime minute = utc(now).plusMinutes(1);
        List<LocalTime> at =
                IntStream.range(0, DIGESTS).mapToObj(minute::plusMinutes).toList();
        DigestSchedule schedule = new DigestSchedule(Frequency.DAILY, at, Weekday.MON, 1);
        return new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), quiet, null, null, schedule, null, null);
    }

    /** No mails for the next two minutes. */
    private static QuietWindow quietFor(Instant now) {
        LocalTime minute = utc(now);
        return new QuietWindow(Set.of(), minute.minusHours(1), minute.plusMinutes(2), Set.of(Channel.EMAIL));
    }

    private static LocalTime utc(Instant now) {
        return LocalTime.ofInstant(now, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    }

    private void join(Producer<byte[], byte[]> producer, AudienceId audience, RecipientId id) {
        send(
                producer,
                topics.audienceMembers(),
                Partitions.of(id, PARTITIONS),
                audience + "\0" + id,
                new Membership(audience, id, 1, true, Instant.EPOCH));
    }

    /** How an event waits on its way to the mails. */
    private enum Kind {
        /** In a batch; pushes up to a cap that drops. */
        NEWS("news"),
        /** In a digest where a cap puts it off. */
        ALERT("alert"),
        /** Always in a digest. */
        REPORT("report");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        NotificationType type() {
            Set<Channel> channels = this == NEWS ? Set.of(Channel.values()) : Set.of(Channel.INAPP, Channel.EMAIL);
            return new NotificationType(type, 1, null, null, type, channels, null, null, false, false, List.of())
                    .withPolicies(policies());
        }

        private Policies policies() {
            return switch (this) {
                case NEWS -> {
                    Batch batch = new Batch(Set.of(Channel.EMAIL), Batch.Mode.FIXED, WINDOW, null, false, null, 100);
                    Cap cap = new Cap(Channel.PUSH, null, PUSHES_PER_DAY, Cap.Period.DAY);
                    yield new Policies(List.of(batch), null, List.of(cap), OverCap.DROP, false);
                }
                case ALERT -> {
                    Cap cap = new Cap(Channel.EMAIL, type, 1, Cap.Period.DAY);
                    yield new Policies(List.of(), null, List.of(cap), OverCap.DIGEST, false);
                }
                case REPORT -> {
                    TypeDigest digest = new TypeDigest(Set.of(Channel.EMAIL), null);
                    yield new Policies(List.of(), digest, List.of(), null, false);
                }
            };
        }
    }

    private static AudienceId team(int recipient) {
        return new AudienceId("team-" + recipient / TEAM);
    }

    /** One in fifty goes to a team, one in twenty comes twice, one in ten is for later. */
    private void publishOne(Producer<byte[], byte[]> producer, String name) {
        Kind kind = List.of(Kind.NEWS, Kind.NEWS, Kind.ALERT, Kind.REPORT).get(random.nextInt(4));
        Instant later = Instant.now().plusSeconds(random.nextInt(1, 30));
        Event event = event(name, kind, random.nextInt(10) == 0 ? later : null);
        int someone = random.nextInt(RECIPIENTS);
        int times = random.nextInt(20) == 0 ? 2 : 1;
        if (random.nextInt(50) == 0) {
            tell(producer, event, team(someone), someone / TEAM * TEAM, TEAM);
        } else {
            RecipientId id = new RecipientId("r" + someone);
            Targets one = Targets.ofRecipients(List.of(id));
            expect(someone, event);
            for (int time = 0; time < times; time++) {
                intake(producer, id, new IntakeRecord.RouteEvent(event, one, Lane.DIRECT, null));
            }
        }
    }

    private void tell(Producer<byte[], byte[]> producer, Event event, AudienceId audience, int first, int members) {
        Targets targets = new Targets(List.of(), List.of(audience), false, List.of(), List.of(), List.of());
        IntStream.range(first, first + members).forEach(member -> expect(member, event));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var record = new IntakeRecord.RouteEvent(event, targets, Lane.DIRECT, null);
            send(producer, topics.intake(Lane.DIRECT), partition, event.id(), record);
        }
    }

    private void expect(int recipient, Event event) {
        String id = "r" + recipient;
        expected.computeIfAbsent(id, key -> new HashSet<>()).add(event.uid());
        if (Kind.NEWS.type.equals(event.type())) {
            pushed.merge(id, 1, (one, more) -> Math.min(PUSHES_PER_DAY, one + more));
        }
    }

    private int pushes() {
        return pushed.values().stream().mapToInt(count -> count).sum();
    }

    /** All deliveries of a channel, in both lanes, once they tell that many. */
    private List<Delivery> deliveries(Channel channel, int count) {
        try {
            return Awaitility.await()
                    .atMost(WAIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> deliveries(channel), deliveries -> told(deliveries) >= count);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(channel + " does not tell " + count + ":\n" + story(deliveries(channel)));
        }
    }

    private List<Delivery> deliveries(Channel channel) {
        return Stream.of(Lane.values())
                .map(lane -> topics.deliveries(channel, lane).name())
                .flatMap(topic -> read(probe.readAll(topic)).stream())
                .toList();
    }

    /** What the ledger, the dead letters and the routers say of what is not told. */
    private String story(List<Delivery> deliveries) {
        Map<String, Set<EventUid>> missing = new TreeMap<>();
        expected.forEach((recipient, events) -> missing.put(recipient, new HashSet<>(events)));
        for (Delivery delivery : deliveries) {
            Set<EventUid> rest = missing.getOrDefault(delivery.recipient().value(), new HashSet<>());
            events(delivery).forEach(rest::remove);
        }
        Set<NotificationId> ids = new HashSet<>();
        missing.forEach((recipient, events) ->
                events.forEach(event -> ids.add(NotificationId.of(event, new RecipientId(recipient)))));
        List<String> lines = new ArrayList<>();
        missing.forEach((recipient, events) -> {
            if (!events.isEmpty()) {
                int partition = Partitions.of(new RecipientId(recipient), PARTITIONS);
                lines.add("%s (partition %d) is not told of %s".formatted(recipient, partition, events));
            }
        });
        outcomes().filter(one -> ids.contains(one.notification())).forEach(one -> lines.add("ledger: " + one));
        probe.readAll(topics.dead(Service.ROUTER_STREAM).name())
                .forEach(one -> lines.add("dead: " + new String(one.value(), StandardCharsets.UTF_8)));
        running.forEach(this::remember);
        lines.addAll(logs);
        return String.join("\n", lines);
    }

    private void remember(String name, ChildProcess router) {
        router.log().stream()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("The router"))
                .map(line -> name + ": " + line)
                .forEach(logs::add);
    }

    private Stream<NotificationOutcome> outcomes() {
        return probe.readAll(topics.outcomes().name()).stream()
                .flatMap(record -> Json.read(record.value(), OutcomeBatch.class).outcomes().stream());
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
        Map<String, Integer> counts = new HashMap<>();
        pushes.forEach(push -> counts.merge(push.recipient().value(), 1, Integer::sum));
        assertThat(counts).isEqualTo(pushed);
    }

    /** Every notification was decided once for every channel: it went out, was merged into another or was over the cap. */
    private void everyDecisionIsOnRecord(List<Delivery> shown) {
        Set<NotificationId> known =
                shown.stream().map(delivery -> delivery.notification().id()).collect(Collectors.toSet());
        int all = known.size() * Channel.values().length;
        // The end of a transaction comes to one partition after the other.
        Map<String, Integer> ends = Awaitility.await("outcomes of all deliveries")
                .atMost(WAIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> ends(known), found -> found.size() >= all);
        assertThat(ends).hasSize(all);
        assertThat(ends.values()).containsOnly(1);
    }

    /** How many ends each notification has on each channel. */
    private Map<String, Integer> ends(Set<NotificationId> known) {
        Map<String, Integer> ends = new HashMap<>();
        outcomes().filter(outcome -> known.contains(outcome.notification())).forEach(outcome -> {
            for (ChannelOutcome channel : outcome.channels()) {
                // What was merged goes out under a name of its own.
                if (channel.state() != OutcomeState.HELD) {
                    ends.merge(outcome.notification() + " " + channel.channel(), 1, Integer::sum);
                }
            }
        });
        return ends;
    }

    private void intake(Producer<byte[], byte[]> producer, RecipientId recipient, IntakeRecord record) {
        send(producer, topics.intake(Lane.DIRECT), Partitions.of(recipient, PARTITIONS), "key", record);
    }

    private static void send(
            Producer<byte[], byte[]> producer, TopicSpec topic, int partition, String key, Object value) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(topic.name(), partition, bytes, Json.write(value)));
    }

    private static Event event(String id, Kind kind, @Nullable Instant deliverAt) {
        Content content = Content.of("Title " + id, null);
        EventUid uid = EventUid.of("test", id);
        return new Event(
                uid,
                "test",
                id,
                kind.type,
                1,
                Instant.now(),
                null,
                content,
                Labels.none(),
                null,
                false,
                false,
                null,
                deliverAt,
                null);
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = Map.of("bootstrap.servers", probe.bootstrapServers(), "linger.ms", 5);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
