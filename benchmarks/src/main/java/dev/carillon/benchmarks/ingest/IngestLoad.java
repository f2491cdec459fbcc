package dev.carillon.benchmarks.ingest;

import dev.carillon.benchmarks.load.AnswerMain;
import dev.carillon.benchmarks.load.ProduceMain;
import dev.carillon.benchmarks.load.PublishMain;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Program;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.schemas.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The load on the front door, and on what stands in its place as a floor. */
final class IngestLoad {
    private static final String PATH = "/api/v1/events";

    private final Stage stage;
    private final int seconds;

    IngestLoad(Stage stage) {
        this.stage = stage;
        this.seconds = stage.scale().seconds(20);
    }

    LoadRun ours(int rate, int array) {
        Services services = stage.services(Set.of(Service.INGEST_API));
        stage.conditions().progress().say("publishing for " + seconds + " s");
        return publish(services.fleet().origin(Service.INGEST_API), stage.pids(), rate, array);
    }

    /** The same requests to a server that does nothing. */
    LoadRun bareHttp(int rate) {
        stage.conditions().progress().say("floor: a server that answers 202");
        try (Program server = Program.start(AnswerMain.class, List.of("-Dsun.net.httpserver.nodelay=true"))) {
            String origin = "http://127.0.0.1:" + server.awaitReady();
            return publish(origin, Map.of("server", server.pid()), rate, 1);
        }
    }

    /** The same records by the same producer settings. */
    LoadRun rawProducer(int rate) {
        stage.conditions().progress().say("floor: a raw producer");
        String topic = "floor.produce." + System.nanoTime();
        stage.broker().createTopic(topic, Services.PARTITIONS);
        return LoadRun.of(
                        ProduceMain.class,
                        Map.of("broker", stage.broker().pid()),
                        "--broker=" + stage.broker().bootstrapServers(),
                        "--topic=" + topic,
                        "--partitions=" + Services.PARTITIONS,
                        "--rate=" + rate,
                        "--warmup=" + stage.scale().floorWarmup(),
                        "--seconds=" + seconds)
                .orFail();
    }

    private LoadRun publish(String origin, Map<String, Long> pids, int rate, int array) {
        return LoadRun.of(
                        PublishMain.class,
                        pids,
                        "--target=" + origin + PATH,
                        "--key=" + RunningCarillon.API_KEY,
                        "--run=" + System.nanoTime(),
                        "--rate=" + rate,
                        "--array=" + array,
                        "--warmup=" + stage.scale().warmup(),
                        "--seconds=" + seconds)
                .orFail();
    }
}
