package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.benchmarks.stage.Drain;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.benchmarks.stage.Lag;
import dev.carillon.benchmarks.stage.Program;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of the router: a backlog on {@code intake}, and how fast it is gone. */
public final class Routing {
    private static final int RECIPIENTS = 10_000;
    private static final String NAME = Service.ROUTER_STREAM.code();
    private static final Events AT_ONCE = (id, recipient, at) -> Samples.accepted(id, recipient, at, null);

    private Routing() {}

    /** Notifications per second, beside a topology that passes the same records through. */
    public static Measured throughput(Stage stage) {
        int warmup = warmup(stage);
        int count = stage.scale().of(300_000, 30_000);
        warmUp(stage);
        Drain ours = drain(stage, count, RECIPIENTS, null);
        Drain floor = passThrough(stage, warmup, count);
        return new Measured(
                List.of(Figure.of(
                        "decided",
                        Unit.PER_SECOND,
                        ours.perSecond(),
                        new Floor("pass-through topology", floor.perSecond()),
                        new Goal.ShareOfFloor(0.4),
                        new Goal.AtLeast(20_000))),
                ours.costs(),
                List.of(
                        "a backlog of %,d for %,d recipients; %.0f µs of the router's processor time each, the floor %.0f"
                                .formatted(count, RECIPIENTS, ours.cpuMicrosEach(), floor.cpuMicrosEach())));
    }

    /** Half a minute of work. */
    private static int warmup(Stage stage) {
        return stage.scale().of(600_000, 15_000);
    }

    /** Has the router decide so many events that its compilers have done. */
    static void warmUp(Stage stage) {
        drain(stage, warmup(stage), RECIPIENTS, null);
    }

    /**
     * Has the router decide events that wait for it.
     *
     * @param deliverAt when they are wanted; null for now
     */
    static Drain drain(Stage stage, int count, int recipients, @Nullable Instant deliverAt) {
        return drain(
                stage,
                count,
                recipients,
                (id, recipient, at) -> Samples.accepted(id, recipient, at, deliverAt),
                () -> {});
    }

    /** An event as the router gets it. */
    @FunctionalInterface
    interface Events {
        RouteEvent of(String id, String recipient, Instant acceptedAt);
    }

    /** @param rest waits for what comes after they are decided and counts as well */
    static Drain drain(Stage stage, int count, int recipients, Events events, Runnable rest) {
        Services services = stage.services(Set.of(Service.ROUTER_STREAM));
        stage.conditions().progress().say("the router decides %,d events".formatted(count));
        var intake = services.topics().intake(Lane.DIRECT);
        return Drain.measure(
                services.member(Service.ROUTER_STREAM).process(),
                NAME,
                stage.pids(),
                services.lag(Service.ROUTER_STREAM, "", intake),
                count,
                () -> fill(stage, intake.name(), count, recipients, events),
                rest);
    }

    private static void fill(Stage stage, String topic, int count, int recipients, Events events) {
        Instant now = MachineClock.now();
        String run = Long.toString(System.nanoTime());
        Filling.fill(stage.broker(), topic, count, i -> {
            String recipient = "r" + i % recipients;
            RouteEvent event = events.of(run + "-" + i, recipient, now);
            return new Filling.Entry(event.event().uid().toString(), recipient, event);
        });
    }

    /** The floor: ends all services first. */
    public static Drain passThrough(Stage stage, int warmup, int count) {
        stage.dismiss();
        stage.conditions().progress().say("floor: a pass-through topology");
        String name = "floor.through." + System.nanoTime();
        List.of(".in", ".deliveries", ".outcomes")
                .forEach(topic -> stage.broker().createTopic(name + topic, Services.PARTITIONS));
        try (Program floor = Program.start(
                PassThroughMain.class,
                List.of(),
                "--application=" + name,
                "--broker=" + stage.broker().bootstrapServers(),
                "--state=" + stage.directory("floor"),
                "--from=" + name + ".in",
                "--deliveries=" + name + ".deliveries",
                "--outcomes=" + name + ".outcomes")) {
            floor.awaitReady();
            Lag lag = new Lag(stage.broker().admin(), name, List.of(name + ".in"));
            fill(stage, name + ".in", warmup, RECIPIENTS, AT_ONCE);
            return Drain.measure(
                    floor.process(),
                    NAME,
                    Map.of("broker", stage.broker().pid(), NAME, floor.pid()),
                    lag,
                    count,
                    () -> fill(stage, name + ".in", count, RECIPIENTS, AT_ONCE));
        }
    }
}
