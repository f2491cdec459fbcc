package dev.carillon.benchmarks.live;

import dev.carillon.benchmarks.load.HoldMain;
import dev.carillon.benchmarks.process.Collected;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.Program;
import dev.carillon.benchmarks.stage.Scale;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The memory of connections on which nothing happens. */
public final class IdleConnections {
    private IdleConnections() {}

    public static Measured memory(Stage stage) {
        List<Figure> figures = new ArrayList<>();
        for (int connections : stage.scale() == Scale.FULL ? List.of(5_000, 15_000) : List.of(2_000)) {
            figures.add(Figure.of(
                    "each of %,d connections".formatted(connections),
                    Unit.KILOBYTES,
                    ours(stage, connections),
                    new Floor("bare socket server", bare(stage, connections)),
                    new Goal.AtMost(16)));
        }
        return new Measured(
                figures,
                List.of(),
                List.of(
                        "resident memory of the process after a garbage collection, less that before the first connection;"
                                + " the aim is 12 kB"));
    }

    private static double ours(Stage stage, int connections) {
        stage.dismiss();
        Services services = stage.services(Set.of(Service.INAPP_WORKER), FanOut.MANY);
        stage.conditions().progress().say("%,d idle connections".formatted(connections));
        return each(
                services.member(Service.INAPP_WORKER).process().pid(),
                services.fleet().origin(Service.INAPP_WORKER),
                connections);
    }

    private static double bare(Stage stage, int connections) {
        stage.conditions().progress().say("floor: as many on a bare server");
        try (Program server = Program.start(BareServerMain.class, List.of())) {
            return each(server.pid(), "http://127.0.0.1:" + server.awaitReady(), connections);
        }
    }

    /** Warms the server up with a few connections first, so that its classes and buffers are not counted. */
    private static double each(long pid, String origin, int connections) {
        try (Program few = hold(origin, 100)) {
            few.awaitMeasuring();
            long before = Collected.residentBytes(pid);
            try (Program many = hold(origin, connections)) {
                many.awaitMeasuring();
                return (Collected.residentBytes(pid) - before) / 1e3 / connections;
            }
        }
    }

    private static Program hold(String origin, int connections) {
        return Program.start(
                HoldMain.class, List.of(), "--stream=" + origin + FanOut.PATH, "--connections=" + connections);
    }
}
