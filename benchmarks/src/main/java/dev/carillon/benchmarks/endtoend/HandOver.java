package dev.carillon.benchmarks.endtoend;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.email.SmtpSinkMain;
import dev.carillon.benchmarks.load.PublishMain;
import dev.carillon.benchmarks.load.SinkStatistics;
import dev.carillon.benchmarks.push.PushSink;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Program;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.fleet.Api;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.schemas.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** From the intended sending of an event to the relay that has the mail, or the push service that has the message. */
public final class HandOver {
    private static final int RATE = 500;
    private static final int PEOPLE = 100;
    private static final String TYPE = "bench.told";

    private HandOver() {}

    public static Measured mail(Stage stage) {
        try (Program sink = Program.start(SmtpSinkMain.class, List.of())) {
            String[] ports = sink.awaitReady().split(" ", -1);
            Services services = stage.services(
                    Set.of(Service.INGEST_API, Service.ROUTER_STREAM, Service.EMAIL_WORKER),
                    "--carillon.email.smtp.port=" + ports[0]);
            return measure(stage, services, "email", () -> SinkStatistics.ask(Integer.parseInt(ports[1])));
        } finally {
            stage.dismiss();
        }
    }

    public static Measured push(Stage stage) {
        try (PushSink sink = PushSink.start(stage, PEOPLE, true)) {
            Services services = stage.services(
                    Set.of(Service.INGEST_API, Service.ROUTER_STREAM, Service.PUSH_WORKER), sink.trust());
            sink.subscribe(services.fleet().origin(Service.PUSH_WORKER));
            return measure(stage, services, "push", sink::taken);
        } finally {
            stage.dismiss();
        }
    }

    private static Measured measure(Stage stage, Services services, String channel, Supplier<JsonNode> sink) {
        try (Api api = new Api(services.fleet(), MachineClock.clock())) {
            api.defineType(TYPE, Map.of("channels", List.of(channel)));
            for (int i = 0; i < PEOPLE; i++) {
                api.register("r" + i, Map.of("email", "r" + i + "@example.org"));
            }
        }
        int seconds = stage.scale().seconds(30);
        stage.conditions().progress().say("%,d events/s to %s for %d s".formatted(RATE, channel, seconds));
        LoadRun warmup = publish(services, stage.pids(), stage.scale().of(15, 3));
        Sinks.await(sink, warmup.report().path("count").asLong());
        LoadRun run = publish(services, stage.pids(), seconds);
        JsonNode taken = Sinks.await(sink, run.report().path("count").asLong());
        LoadRun floor = Screen.produceConsume(stage, RATE, seconds);
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String percentile : List.of("p50", "p99")) {
            figures.put(
                    percentile,
                    Figure.of(
                            "handed over, " + percentile,
                            Unit.MILLISECONDS,
                            taken.path("latency").path(percentile).asDouble(),
                            new Floor("produce and consume", floor.millis("latency", percentile)),
                            percentile.equals("p99") ? new Goal[] {new Goal.AtMost(250)} : new Goal[0]));
        }
        return new Measured(List.copyOf(figures.values()), run.costs(), List.of("at %,d events/s".formatted(RATE)));
    }

    private static LoadRun publish(Services services, Map<String, Long> pids, int seconds) {
        return LoadRun.of(
                        PublishMain.class,
                        pids,
                        "--target=" + services.fleet().origin(Service.INGEST_API) + "/api/v1/events",
                        "--key=" + RunningCarillon.API_KEY,
                        "--run=" + System.nanoTime(),
                        "--recipients=" + PEOPLE,
                        "--rate=" + RATE,
                        "--further=,\"type\":\"" + TYPE + "\"",
                        "--warmup=0",
                        "--seconds=" + seconds)
                .orFail();
    }
}
