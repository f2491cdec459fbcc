package dev.carillon.benchmarks.endtoend;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.inapp.Storing;
import dev.carillon.benchmarks.load.EndToEndMain;
import dev.carillon.benchmarks.process.ProcessUsage;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.router.Routing;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.benchmarks.stage.Lag;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.fleet.Api;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** One event for a large audience, with urgent ones for others beside it. */
public final class Broadcast {
    private static final String AUDIENCE = "everyone";
    private static final int URGENT_RATE = 50;
    private static final int URGENT_PEOPLE = 50;
    /**
     * A heap of 512 MB, 96 MB of stores, and as much again as the JVM and the clients' buffers take: however large the
     * audience is.
     */
    private static final int ROUTER_MEGABYTES = 900;

    private static final Duration MOST = Duration.ofMinutes(15);

    private Broadcast() {}

    /** When it was all decided and all stored, in seconds from its publication. */
    private record Times(double decided, double stored) {}

    public static Measured measure(Stage stage) {
        int size = stage.scale().of(1_000_000, 20_000);
        Services services = stage.services(Screen.PIPELINE);
        TestDatabase database = services.database();
        join(stage, services, size);
        urgent(stage, services, stage.scale().of(10, 3));
        long router = services.member(Service.ROUTER_STREAM).process().pid();
        double before = ProcessUsage.residentBytes(router) / 1e6;
        int seconds = stage.scale().of(60, 6);
        CompletableFuture<LoadRun> urgent = CompletableFuture.supplyAsync(() -> urgent(stage, services, seconds));
        Times times = broadcast(stage, services, size);
        LoadRun beside = urgent.join();
        double peak = ProcessUsage.peakResidentBytes(router) / 1e6;
        LoadRun floorLatency =
                Screen.produceConsume(stage, URGENT_RATE, stage.scale().seconds(20));
        int count = stage.scale().of(300_000, 20_000);
        double floorStored = Storing.plainJdbc(stage, database, count).perSecond();
        double floorDecided = Routing.passThrough(stage, count / 4, count).perSecond();
        Floor decided = new Floor("pass-through topology", size / floorDecided);
        Floor stored = new Floor("pass-through, then plain JDBC", size / floorDecided + size / floorStored);
        return new Measured(
                List.of(
                        Figure.of(
                                "%,d decided".formatted(size),
                                Unit.SECONDS,
                                times.decided(),
                                decided,
                                new Goal.AtMost(60)),
                        Figure.of(
                                "%,d stored".formatted(size),
                                Unit.SECONDS,
                                times.stored(),
                                stored,
                                new Goal.AtMost(120)),
                        Figure.of(
                                "urgent beside it, p99",
                                Unit.MILLISECONDS,
                                beside.millis("screen", "p99"),
                                new Floor("produce and consume", floorLatency.millis("latency", "p99")),
                                new Goal.AtMost(250)),
                        Figure.of(
                                "the router's peak memory",
                                Unit.MEGABYTES,
                                peak,
                                new Floor("before the broadcast", before),
                                new Goal.AtMost(ROUTER_MEGABYTES))),
                beside.costs(),
                List.of(
                        "an audience of %,d (the goals are meant for 1,000,000); %d urgent events/s for %d s from the moment of its publication"
                                .formatted(size, URGENT_RATE, seconds)));
    }

    /** Memberships as ingest publishes them. */
    private static void join(Stage stage, Services services, int size) {
        stage.conditions().progress().say("%,d join an audience".formatted(size));
        var topic = services.topics().audienceMembers();
        Instant now = MachineClock.now();
        long version = System.nanoTime();
        AudienceId audience = new AudienceId(AUDIENCE);
        Filling.fill(stage.broker(), topic.name(), size, i -> {
            String id = "m" + i;
            return new Filling.Entry(
                    AUDIENCE + '\0' + id, id, new Membership(audience, new RecipientId(id), version, true, now));
        });
        services.lag(Service.ROUTER_STREAM, "", topic).awaitNone(MOST);
    }

    private static Times broadcast(Stage stage, Services services, int size) {
        stage.conditions().progress().say("one event for %,d people".formatted(size));
        var topic = services.topics().deliveries(Channel.INAPP, Lane.BULK);
        Lag decided = Lag.ofEverything(stage.broker().admin(), topic.name());
        Lag stored = services.lag(Service.INAPP_WORKER, Lane.BULK.code(), topic);
        long start = System.nanoTime();
        long before = decided.total();
        try (Api api = new Api(services.fleet(), MachineClock.clock())) {
            api.publish(Map.of(
                    "source", "billing",
                    "title", "Maintenance tonight",
                    "body", "From 22:00 to 23:00 UTC.",
                    "audiences", List.of(AUDIENCE),
                    "priority", "low"));
        }
        awaitAtLeast(decided, before + size);
        double secondsToDecided = (System.nanoTime() - start) / 1e9;
        stored.awaitAtMost(URGENT_RATE, MOST);
        return new Times(secondsToDecided, (System.nanoTime() - start) / 1e9);
    }

    private static void awaitAtLeast(Lag everything, long count) {
        long start = System.nanoTime();
        while (everything.total() < count) {
            if (System.nanoTime() - start > MOST.toNanos()) {
                throw new IllegalStateException("not all are decided after " + MOST);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static LoadRun urgent(Stage stage, Services services, int seconds) {
        return LoadRun.of(
                        EndToEndMain.class,
                        stage.pids(),
                        "--target=" + services.fleet().origin(Service.INGEST_API) + "/api/v1/events",
                        "--stream=" + services.fleet().origin(Service.INAPP_WORKER) + "/api/v1/notifications/stream",
                        "--key=" + RunningCarillon.API_KEY,
                        "--run=" + System.nanoTime(),
                        "--recipients=" + URGENT_PEOPLE,
                        "--further=,\"priority\":\"urgent\"",
                        "--rate=" + URGENT_RATE,
                        "--warmup-rate=" + URGENT_RATE,
                        "--warmup=0",
                        "--seconds=" + seconds)
                .orFail();
    }
}
