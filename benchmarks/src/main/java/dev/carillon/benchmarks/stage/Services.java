package dev.carillon.benchmarks.stage;

import dev.carillon.embedded.EmbeddedDatabase;
import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Member;
import dev.carillon.fleet.Outside;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Running services, each a process with the JVM arguments of production. */
public final class Services implements AutoCloseable {
    /** The default of an installation. */
    public static final int PARTITIONS = 12;

    /** As the image starts them, with a heap as on a machine of 768 MB. */
    private static final List<String> JVM = List.of(
            "-Xmx512m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow");

    private final Stage stage;
    private final Set<Service> wanted;
    private final int routers;
    private final List<String> arguments;
    private final Fleet fleet;
    private final Topics topics;
    private final TestDatabase database;

    private Services(
            Stage stage,
            Set<Service> wanted,
            int routers,
            List<String> arguments,
            Fleet fleet,
            Topics topics,
            TestDatabase database) {
        this.stage = stage;
        this.wanted = Set.copyOf(wanted);
        this.routers = routers;
        this.arguments = arguments;
        this.fleet = fleet;
        this.topics = topics;
        this.database = database;
    }

    static Services start(Stage stage, String name, Set<Service> wanted, int routers, String... arguments) {
        EmbeddedDatabase server = stage.database();
        TestDatabase database = new TestDatabase(server.jdbcUrl(name), EmbeddedDatabase.USER, server.password());
        String prefix = name + ".";
        List<String> jvm = new ArrayList<>(JVM);
        jvm.addAll(Profiles.arguments(stage.conditions()));
        FleetSettings settings = FleetSettings.small(25)
                .with("--carillon.topics.partitions=" + PARTITIONS)
                .with(arguments)
                .withJvm(jvm.toArray(String[]::new));
        for (Service service : Service.values()) {
            if (!wanted.contains(service)) {
                settings = settings.withReplicas(service, 0);
            } else if (service == Service.ROUTER_STREAM) {
                settings = settings.withReplicas(service, routers);
            }
        }
        Outside outside = new Outside(stage.broker().bootstrapServers(), prefix, database);
        Fleet fleet = Fleet.started(outside, stage.directory("state"), settings, new Random());
        TopicSettings defaults = TopicSettings.defaults();
        Topics topics =
                new Topics(new TopicSettings(prefix, PARTITIONS, defaults.replicationFactor(), defaults.retryTiers()));
        return new Services(stage, wanted, routers, List.of(arguments), fleet, topics, database);
    }

    /** What any service is told, but for its port, to join these. */
    public List<String> settings() {
        List<String> all = new ArrayList<>(FleetSettings.small(25)
                .with("--carillon.topics.partitions=" + PARTITIONS)
                .with(arguments.toArray(String[]::new))
                .arguments());
        all.add("--spring.kafka.bootstrap-servers=" + stage.broker().bootstrapServers());
        all.add("--carillon.topics.prefix=" + topics.settings().prefix());
        database.springProperties().forEach((name, value) -> all.add("--" + name + "=" + value));
        return all;
    }

    boolean are(Set<Service> others, int otherRouters, String... otherArguments) {
        return wanted.equals(others) && routers == otherRouters && arguments.equals(List.of(otherArguments));
    }

    public Fleet fleet() {
        return fleet;
    }

    public Topics topics() {
        return topics;
    }

    public TestDatabase database() {
        return database;
    }

    public List<Member> members() {
        return fleet.members();
    }

    public Member member(Service service) {
        return fleet.members(service).getFirst();
    }

    /** How far a service's group is behind on these topics. */
    public Lag lag(Service service, String role, TopicSpec... behind) {
        return new Lag(
                stage.broker().admin(),
                topics.group(service, role),
                List.of(behind).stream().map(TopicSpec::name).toList());
    }

    @Override
    public void close() {
        Map<Long, String> names = new HashMap<>();
        // A row may have killed one.
        members().stream()
                .filter(Member::isRunning)
                .forEach(member -> names.put(member.process().pid(), member.name()));
        fleet.close();
        names.forEach((pid, name) -> Profiles.name(stage.conditions(), pid, name));
    }
}
