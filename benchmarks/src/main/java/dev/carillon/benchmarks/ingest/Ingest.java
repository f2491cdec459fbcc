package dev.carillon.benchmarks.ingest;

import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.LoadRun;
import dev.carillon.benchmarks.stage.Stage;
import java.util.List;

/** The rows of the front door. */
public final class Ingest {
    private static final int ARRAY = 100;
    private static final int CALM_RATE = 2_000;

    private Ingest() {}

    /** Objects, one per request, over 64 connections as fast as they are answered. */
    public static Measured single(Stage stage) {
        IngestLoad load = new IngestLoad(stage);
        LoadRun ours = load.ours(0, 1);
        LoadRun http = load.bareHttp(0);
        LoadRun producer = load.rawProducer(0);
        return new Measured(
                List.of(
                        Figure.of(
                                "accepted, 64 connections",
                                Unit.PER_SECOND,
                                ours.perSecond(),
                                new Floor("a server that answers 202", http.perSecond()),
                                new Goal.AtLeast(15_000)),
                        Figure.of(
                                "the same, beside Kafka alone",
                                Unit.PER_SECOND,
                                ours.perSecond(),
                                new Floor("raw producer", producer.perSecond()))),
                ours.costs(),
                List.of());
    }

    /** Arrays of 100 over as many connections. */
    public static Measured arrays(Stage stage) {
        IngestLoad load = new IngestLoad(stage);
        LoadRun ours = load.ours(0, ARRAY);
        LoadRun producer = load.rawProducer(0);
        return new Measured(
                List.of(Figure.of(
                        "accepted in arrays of " + ARRAY,
                        Unit.PER_SECOND,
                        ours.perSecond(),
                        new Floor("raw producer", producer.perSecond()),
                        new Goal.ShareOfFloor(0.35))),
                ours.costs(),
                List.of());
    }

    /** From the intended sending to the 202, at a calm rate. */
    public static Measured latency(Stage stage) {
        IngestLoad load = new IngestLoad(stage);
        LoadRun ours = load.ours(CALM_RATE, 1);
        LoadRun producer = load.rawProducer(CALM_RATE);
        return new Measured(
                List.of(latency("p50", ours, producer), latency("p99", ours, producer, new Goal.TimesFloor(2))),
                ours.costs(),
                List.of("open loop at %,d events/s".formatted(CALM_RATE)));
    }

    /** The floor: records per second as fast as the broker acknowledges them. */
    public static LoadRun rawProducer(Stage stage) {
        return new IngestLoad(stage).rawProducer(0);
    }

    private static Figure latency(String percentile, LoadRun ours, LoadRun producer, Goal... goals) {
        return Figure.of(
                "accepted, " + percentile,
                Unit.MILLISECONDS,
                ours.millis("latency", percentile),
                new Floor("raw producer", producer.millis("latency", percentile)),
                goals);
    }
}
