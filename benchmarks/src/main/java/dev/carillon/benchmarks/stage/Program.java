package dev.carillon.benchmarks.stage;

import dev.carillon.benchmarks.load.Reporting;
import dev.carillon.schemas.Json;
import dev.carillon.testsupport.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One of our own programs in a process of its own, which reports as {@link Reporting} says. */
public final class Program implements AutoCloseable {
    /** With a warm-up that a slow machine does not keep pace with. */
    private static final Duration START = Duration.ofMinutes(5);

    private final ChildProcess process;

    private Program(ChildProcess process) {
        this.process = process;
    }

    public static Program start(Class<?> main, List<String> jvm, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "-Xmx512m",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=logback-benchmarks.xml"));
        all.addAll(jvm);
        return new Program(
                ChildProcess.start(new ChildProcess.Command(main, arguments).jvm(all.toArray(String[]::new))));
    }

    public long pid() {
        return process.pid();
    }

    public ChildProcess process() {
        return process;
    }

    /** What it says how it is reached. */
    public String awaitReady() {
        return process.awaitLine(Reporting.READY, START).substring(Reporting.READY.length());
    }

    public void awaitMeasuring() {
        process.awaitLine(Reporting.MEASURING, START);
    }

    /** The JSON that it reports at its end. */
    public JsonNode awaitResult(Duration most) {
        String line = process.awaitLine(Reporting.RESULT, most);
        return Json.mapper().readTree(line.substring(Reporting.RESULT.length()));
    }

    @Override
    public void close() {
        process.close();
    }
}
