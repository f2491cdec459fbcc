package dev.carillon.benchmarks.footprint;

import dev.carillon.benchmarks.footprint.PackagedService.Footprint;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.Services;
import dev.carillon.benchmarks.stage.Stage;
import dev.carillon.schemas.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rows of memory and start. */
public final class AtRest {
    /** As the image has them; half a gigabyte in place of a share of the container. */
    private static final List<String> JVM = List.of(
            "-Xmx512m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final String SPRING_PORT = "--server.port=";
    private static final String CACHED = "started from the cache that image and ./carillon make of an earlier start";

    private AtRest() {}

    /** Each service, started alone beside broker and database. */
    public static Measured services(Stage stage) {
        Footprint floor = empty(stage);
        List<Figure> figures = new ArrayList<>();
        // Creates the topics, so that the first service does not pay for all.
        Services outside = stage.services(Set.of(Service.INGEST_API));
        List<String> settings = outside.settings();
        stage.dismiss();
        for (Service service : Service.values()) {
            stage.conditions().progress().say("starting " + service.code());
            figures.addAll(figures(service.code(), one(stage, service, settings), floor, 350, 5));
        }
        return new Measured(figures, List.of(), List.of(CACHED, rest(stage)));
    }

    /** Everything in one JVM, as {@code ./carillon} starts it. */
    public static Measured standalone(Stage stage) {
        stage.dismiss();
        Footprint floor = empty(stage);
        stage.conditions().progress().say("starting standalone");
        try {
            var jar = PackagedService.unpacked(stage.conditions().home(), "standalone", stage.directory("standalone"));
            List<String> jvm = new ArrayList<>(JVM);
            jvm.add("-Xmx640m");
            Footprint ours = PackagedService.measure(
                    jvm,
                    List.of("-jar", jar.toString(), "--ephemeral"),
                    "--port=",
                    stage.directory("standalone-cache"),
                    rest(stage.scale().of(20, 3)));
            return new Measured(figures("standalone", ours, floor, 1_000, 15), List.of(), List.of(CACHED, rest(stage)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Footprint one(Stage stage, Service service, List<String> settings) {
        try {
            var jar = PackagedService.unpacked(
                    stage.conditions().home(), service.code(), stage.directory(service.code()));
            List<String> program = new ArrayList<>(List.of("-jar", jar.toString()));
            program.addAll(settings);
            program.add("--carillon.router.state-dir=" + stage.directory("state"));
            return PackagedService.measure(
                    JVM,
                    program,
                    SPRING_PORT,
                    stage.directory(service.code() + "-cache"),
                    rest(stage.scale().of(20, 2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Footprint empty(Stage stage) {
        stage.dismiss();
        stage.conditions().progress().say("floor: an empty application");
        List<String> program = List.of("-cp", System.getProperty("java.class.path"), EmptyMain.class.getName());
        return PackagedService.measure(
                JVM,
                program,
                SPRING_PORT,
                stage.directory("empty-cache"),
                rest(stage.scale().of(20, 2)));
    }

    private static List<Figure> figures(
            String name, Footprint ours, Footprint floor, double megabytes, double seconds) {
        return List.of(
                Figure.of(
                        name + " at rest",
                        Unit.MEGABYTES,
                        ours.restingMegabytes(),
                        new Floor("an empty Spring Boot application", floor.restingMegabytes()),
                        new Goal.AtMost(megabytes)),
                Figure.of(
                        name + " ready",
                        Unit.SECONDS,
                        ours.secondsToReady(),
                        new Floor("an empty Spring Boot application", floor.secondsToReady()),
                        new Goal.AtMost(seconds)));
    }

    private static Duration rest(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static String rest(Stage stage) {
        return "resident memory %d s after it was ready".formatted(stage.scale().of(20, 2));
    }
}
