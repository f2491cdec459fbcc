package dev.carillon.benchmarks.endtoend;

import dev.carillon.benchmarks.load.EndToEndMain;
import dev.carillon.benchmarks.load.ProduceConsumeMain;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Measurement;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.schemas.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the intended sending of an event to the browser that shows it. */
public final class Screen {
    static final Set<Service> PIPELINE = Set.of(Service.INGEST_API, Service.ROUTER_STREAM, Service.INAPP_WORKER);

    private static final int WATCHERS = 200;
    /** After 30 s the compilers of these JVMs still take a third of two processors (docs/adr/007). */
    private static final int WARM_SECONDS = 100;

    private static final int WARM_RATE = 1_500;

    private Screen() {}

    /** The latency at so many events per second. */
    public static Measurement at(int rate) {
        return stage -> measure(stage, rate);
    }

    private static Measured measure(Stage stage, int rate) {
        int seconds = stage.scale().seconds(30);
        LoadRun ours = ours(stage, rate, seconds);
        LoadRun floor = produceConsume(stage, rate, seconds);
        return new Measured(
                List.of(
                        figure("p50", ours, floor, new Goal.AtMost(10)),
                        figure("p99", ours, floor, new Goal.AtMost(50)),
                        figure("p999", ours, floor, new Goal.AtMost(200))),
                ours.costs(),
                List.of("accepted p50 %.2f ms, p99 %.2f ms; %,d connected; %.0f of %d events/s were accepted"
                        .formatted(
                                ours.millis("latency", "p50"),
                                ours.millis("latency", "p99"),
                                WATCHERS,
                                ours.perSecond(),
                                rate)));
    }

    private static LoadRun ours(Stage stage, int rate, int seconds) {
        Services services = stage.services(PIPELINE);
        stage.conditions().progress().say("%,d events/s for %d s".formatted(rate, seconds));
        LoadRun run = LoadRun.of(
                        EndToEndMain.class,
                        stage.pids(),
                        "--target=" + services.fleet().origin(Service.INGEST_API) + "/api/v1/events",
                        "--stream=" + services.fleet().origin(Service.INAPP_WORKER) + "/api/v1/notifications/stream",
                        "--key=" + RunningCarillon.API_KEY,
                        "--run=" + System.nanoTime(),
                        "--recipients=" + WATCHERS,
                        "--rate=" + rate,
                        "--warmup-rate=" + WARM_RATE,
                        "--warmup=" + stage.scale().of(WARM_SECONDS, 4),
                        "--seconds=" + seconds)
                .orFail();
        long shown = run.report().path("shown").asLong();
        long wanted = run.report().path("wanted").asLong();
        if (shown < wanted) {
            throw new IllegalStateException("only %,d of %,d accepted events were shown".formatted(shown, wanted));
        }
        return run;
    }

    static LoadRun produceConsume(Stage stage, int rate, int seconds) {
        stage.conditions().progress().say("floor: through the broker alone");
        String topic = "floor.latency." + System.nanoTime();
        stage.broker().createTopic(topic, Services.PARTITIONS);
        return LoadRun.of(
                ProduceConsumeMain.class,
                Map.of("broker", stage.broker().pid()),
                "--broker=" + stage.broker().bootstrapServers(),
                "--topic=" + topic,
                "--partitions=" + Services.PARTITIONS,
                "--rate=" + rate,
                "--warmup=" + stage.scale().floorWarmup(),
                "--seconds=" + seconds);
    }

    private static Figure figure(String percentile, LoadRun ours, LoadRun floor, Goal goal) {
        return Figure.of(
                "on the screen, " + percentile.replace("p999", "p99.9"),
                Unit.MILLISECONDS,
                ours.millis("screen", percentile),
                new Floor("produce and consume", floor.millis("latency", percentile)),
                goal);
    }
}
