package dev.carillon.guarantees.world;

import dev.carillon.embedded.DatabaseSettings;
import dev.carillon.embedded.EmbeddedDatabase;
import dev.carillon.embedded.LoopbackPort;
import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Member;
import dev.carillon.fleet.Outside;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.webpush.TestPushService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole installation on this machine: every service in several processes, a broker and a database of its own, a relay, a
 * push service, a receiver of webhooks, and a proxy on every way between them. One thread drives it.
 */
public final class World implements AutoCloseable {

    /** Mails that one worker hands over at the same time. */
    public static final int MAIL_SESSIONS = 2;

    /** Deliveries that one push worker takes at a time, from its topic and from its retry tiers each. */
    public static final int PUSH_BATCH = 10;

    public static final int PUSHES_AT_ONCE = 5;

    private static final int LAST_WARNINGS = 10;
    private static final int MOST_OF_A_LINE = 500;
    /** Said once for each connection of a pool whose database was killed. */
    private static final String LOST_CONNECTION = "Failed to validate connection";

    private static final String PREFIX = "g.";
    private static final int PARTITIONS = 3;

    /** Enough of them that no delivery runs out of attempts while a fault lasts. */
    private static final List<Duration> TIERS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(8),
            Duration.ofSeconds(12),
            Duration.ofSeconds(16),
            Duration.ofSeconds(20),
            Duration.ofSeconds(25),
            Duration.ofSeconds(30));

    /** The last that was started comes first. */
    private final Deque<Runnable> closing = new ArrayDeque<>();

    private final Optional<SmallDisk> disk;
    private final EmbeddedDatabase database;
    private final Doors doors;
    private final List<BrokerProcess> brokers;
    private final FakeRelay relay = FakeRelay.start();
    private final TestPushService pushes;
    private final WebhookReceiver webhooks = WebhookReceiver.start();
    private final Clock clock;
    private final Fleet fleet;

    private World(Path directory, int replicas, int brokerCount, Clock clock, RandomGenerator random) {
        this.clock = clock;
        pushes = TestPushService.plain(clock);
        Path databaseDirectory = made(directory.resolve("database"));
        closing.push(relay::close);
        closing.push(pushes::close);
        closing.push(webhooks::close);
        try {
            disk = SmallDisk.mount(databaseDirectory);
            disk.ifPresent(mounted -> closing.push(mounted::close));
            database = EmbeddedDatabase.start(DatabaseSettings.in(databaseDirectory.resolve("cluster")));
            closing.push(database::close);
            doors = new Doors(replicas, database.port());
            closing.push(doors::close);
            brokers = brokerCount == 1
                    ? List.of(new BrokerProcess(made(directory.resolve("broker")), doors.listeners()))
                    : cluster(directory, brokerCount);
            brokers.forEach(broker -> closing.push(broker::close));
            brokers.forEach(BrokerProcess::start);
            brokers.forEach(BrokerProcess::awaitReady);
            fleet = Fleet.starting(this::outside, directory, settings(replicas), random);
            closing.push(fleet::close);
            closing.push(fleet::kill);
        } catch (RuntimeException | Error e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    /** The machine's clock, by which tokens are issued. */
    public Clock clock() {
        return clock;
    }

    /** Starts it and returns when every process is ready. */
    public static World start(Path directory, int replicas, Clock clock, RandomGenerator random) {
        return started(new World(directory, replicas, 1, clock, random));
    }

    /** One process of each service on three brokers, without proxies before these. */
    public static World startOnThreeBrokers(Path directory, Clock clock, RandomGenerator random) {
        return started(new World(directory, 1, 3, clock, random));
    }

    private static World started(World world) {
        try {
            world.fleet.awaitReady();
            return world;
        } catch (RuntimeException | Error e) {
            world.close();
            throw e;
        }
    }

    public Fleet fleet() {
        return fleet;
    }

    /** The only one, or the first of several. */
    public BrokerProcess broker() {
        return brokers.getFirst();
    }

    public List<BrokerProcess> brokers() {
        return brokers;
    }

    /** All brokers, past all proxies. */
    public String bootstrapServers() {
        return brokers.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    public EmbeddedDatabase database() {
        return database;
    }

    /** The database past all proxies. */
    public TestDatabase ownDatabase() {
        return new TestDatabase(database.jdbcUrl(), EmbeddedDatabase.USER, database.password());
    }

    /** Where the database's files lie, if they have a file system of their own. */
    public Optional<SmallDisk> disk() {
        return disk;
    }

    public FakeRelay relay() {
        return relay;
    }

    public TestPushService pushes() {
        return pushes;
    }

    public WebhookReceiver webhooks() {
        return webhooks;
    }

    public Topics topics() {
        return new Topics(new TopicSettings(PREFIX, PARTITIONS, (short) -1, TIERS));
    }

    public TcpProxy wayToBroker(Member member) {
        return doors.of(member.name()).broker();
    }

    public TcpProxy wayToDatabase(Member member) {
        return doors.of(member.name()).database();
    }

    /**
     * How many records groups have still to read, those included that open transactions hide; 0 where everything is read,
     * empty where the broker does not say.
     */
    public OptionalLong unread() {
        return Backlog.of(bootstrapServers()).stream()
                .mapToLong(Backlog::records)
                .findFirst();
    }

    /**
     * What to look at where something did not arrive: who is behind, and each process with its last warnings.
     */
    public List<String> describe() {
        List<String> lines = new ArrayList<>(Backlog.of(bootstrapServers())
                .map(Backlog::lines)
                .orElse(List.of("the broker does not say who is behind")));
        for (BrokerProcess broker : brokers) {
            lines.add("broker " + broker.bootstrapServers());
            lines.addAll(warnings(broker.process().log()));
        }
        for (Member member : fleet.members()) {
            lines.add(member.name() + (member.isRunning() ? " runs" : " does not run"));
            lines.addAll(warnings(member.log()));
        }
        return lines;
    }

    private static List<String> warnings(List<String> log) {
        List<String> warnings = log.stream()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("The router"))
                .filter(line -> !line.contains(LOST_CONNECTION))
                .toList();
        return warnings.stream()
                .skip(Math.max(0, warnings.size() - LAST_WARNINGS))
                .map(line -> "  " + line.substring(0, Math.min(line.length(), MOST_OF_A_LINE)))
                .toList();
    }

    /** What every thread of the routers does. */
    public String routersThreads() {
        return fleet.members(Service.ROUTER_STREAM).stream()
                .filter(Member::isRunning)
                .map(member -> member.process().threads())
                .collect(Collectors.joining("\n"));
    }

    private Outside outside(Service service, int number) {
        Doors.Door door = doors.of(service.code() + "-" + number);
        String jdbc = database.jdbcUrl()
                .replace(":" + database.port() + "/", ":" + door.database().port() + "/");
        return new Outside(
                brokers.size() > 1
                        ? bootstrapServers()
                        : LoopbackPort.HOST + ":" + door.broker().port(),
                PREFIX,
                new TestDatabase(jdbc, EmbeddedDatabase.USER, database.password()));
    }

    private FleetSettings settings(int replicas) {
        String tiers = String.join(
                ",", TIERS.stream().map(tier -> tier.toSeconds() + "s").toList());
        FleetSettings settings = FleetSettings.small(relay.port())
                .with(
                        "--carillon.topics.partitions=" + PARTITIONS,
                        "--carillon.topics.retry-tiers=" + tiers,
                        "--carillon.email.smtp.pool.size=" + MAIL_SESSIONS,
                        "--carillon.email.ledger.lease=15s",
                        "--carillon.push.delivery.batch-size=" + PUSH_BATCH,
                        "--carillon.push.delivery.max-in-flight=" + PUSHES_AT_ONCE,
                        "--carillon.email.unsubscribe.origin=https://carillon.example.org",
                        "--carillon.email.unsubscribe.secret=signs the links of the guarantees' mails",
                        "--carillon.ingest.webhook.allow-insecure=true",
                        "--carillon.ingest.webhook.timeout=" + WebhookReceiver.TIMEOUT.toSeconds() + "s",
                        "--carillon.inapp.live.heartbeat=2s",
                        "--carillon.inapp.retention.max-per-recipient=100000",
                        "--carillon.router.decision.quiet-spread=0s");
        for (Service service : Service.values()) {
            settings = settings.withReplicas(service, replicas);
        }
        return settings;
    }

    private static List<BrokerProcess> cluster(Path directory, int count) {
        String controllers = IntStream.range(0, count)
                .mapToObj(number -> Integer.toString(LoopbackPort.choose(0)))
                .collect(Collectors.joining(","));
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        node -> new BrokerProcess(made(directory.resolve("broker-" + node)), node + "@" + controllers))
                .toList();
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
