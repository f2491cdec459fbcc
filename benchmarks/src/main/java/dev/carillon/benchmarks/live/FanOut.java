package dev.carillon.benchmarks.live;

import dev.carillon.benchmarks.load.LiveMain;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Program;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of the live stream. */
public final class FanOut {
    /** So many connections of one person are more than the worker allows by default. */
    static final String MANY = "--carillon.inapp.live.max-per-user=100000";

    static final String PATH = "/api/v1/notifications/stream";
    private static final int CONNECTIONS = 1_000;

    private FanOut() {}

    /**
     * What is told.
     *
     * @param people who share the connections evenly
     * @param burst messages as fast as possible
     * @param rate messages per second after that
     */
    private record Plan(int people, int burst, int rate) {}

    /** Everything to everybody: one person with all connections. */
    public static Measured oneToMany(Stage stage) {
        Plan plan = new Plan(1, stage.scale().of(1_000, 200), 50);
        return measure(stage, plan, new Goal.AtLeast(100_000), new Goal.AtMost(14));
    }

    /** To each her own. */
    public static Measured oneToOne(Stage stage) {
        Plan plan = new Plan(CONNECTIONS, stage.scale().of(200_000, 40_000), 5_000);
        return measure(stage, plan, new Goal.AtLeast(20_000), new Goal.AtMost(5));
    }

    private static Measured measure(Stage stage, Plan plan, Goal rate, Goal latency) {
        Services services = stage.services(Set.of(Service.INAPP_WORKER), MANY);
        stage.conditions().progress().say("%,d connections are told things".formatted(CONNECTIONS));
        String topic = services.topics().live().name();
        LoadRun ours = load(stage, services.fleet().origin(Service.INAPP_WORKER) + PATH, topic, stage.pids(), plan);
        stage.conditions().progress().say("floor: a bare server on the same topic and as many sockets");
        LoadRun floor;
        try (Program server = Program.start(
                BareServerMain.class,
                List.of(),
                "--broker=" + stage.broker().bootstrapServers(),
                "--topic=" + topic,
                "--partitions=" + Services.PARTITIONS)) {
            String origin = "http://127.0.0.1:" + server.awaitReady();
            floor = load(stage, origin + PATH, topic, Map.of("server", server.pid()), plan);
        }
        double floorRate = floor.report().path("burst").asDouble();
        return new Measured(
                List.of(
                        Figure.of(
                                "deliveries, %,d → %,d".formatted(plan.people(), CONNECTIONS),
                                Unit.PER_SECOND,
                                ours.report().path("burst").asDouble(),
                                new Floor("bare server", floorRate),
                                rate),
                        at(plan, "p50", ours, floor),
                        at(plan, "p99", ours, floor, latency)),
                ours.costs(),
                List.of());
    }

    private static LoadRun load(Stage stage, String stream, String topic, Map<String, Long> pids, Plan plan) {
        return LoadRun.of(
                LiveMain.class,
                pids,
                "--stream=" + stream,
                "--broker=" + stage.broker().bootstrapServers(),
                "--topic=" + topic,
                "--partitions=" + Services.PARTITIONS,
                "--connections=" + CONNECTIONS,
                "--people=" + plan.people(),
                "--burst=" + plan.burst(),
                "--rate=" + plan.rate(),
                "--seconds=" + stage.scale().seconds(20));
    }

    private static Figure at(Plan plan, String percentile, LoadRun ours, LoadRun floor, Goal... goals) {
        return Figure.of(
                "at %,d messages/s, %s".formatted(plan.rate(), percentile),
                Unit.MILLISECONDS,
                ours.millis("screen", percentile),
                new Floor("bare server", floor.millis("screen", percentile)),
                goals);
    }
}
