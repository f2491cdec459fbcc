package dev.carillon.benchmarks.micro;

import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.Floor;
import dev.carillon.benchmarks.result.Goal;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.result.Unit;
import dev.carillon.benchmarks.stage.Measurement;
import dev.carillon.benchmarks.stage.Scale;
import dev.carillon.benchmarks.stage.Stage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows of JMH. */
public final class PureParts {
    /** 12,000 a second on one core. */
    private static final double MICROS_OF_A_PUSH = 1e6 / 12_000;

    private PureParts() {}

    /**
     * A row for one class.
     *
     * @param what it measures
     * @param floor what its floor does
     */
    public static Measurement of(Class<?> benchmark, String what, String floor, Goal... goals) {
        return stage -> measure(stage, benchmark, what, floor, goals);
    }

    public static Measurement encryption() {
        return of(EncryptPushBenchmark.class, "encrypt a push", "bare ECDH and AES", new Goal.AtMost(MICROS_OF_A_PUSH));
    }

    private static Measured measure(Stage stage, Class<?> benchmark, String what, String floor, Goal... goals) {
        stage.dismiss();
        double ours = micros(stage.scale(), benchmark, "ours");
        double least = micros(stage.scale(), benchmark, "floor");
        return new Measured(
                List.of(Figure.of(what, Unit.MICROSECONDS, ours, new Floor(floor, least), goals)),
                List.of(),
                List.of());
    }

    private static double micros(Scale scale, Class<?> benchmark, String method) {
        boolean full = scale == Scale.FULL;
        try {
            RunResult result = new Runner(new OptionsBuilder()
                            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                            .mode(Mode.AverageTime)
                            .timeUnit(TimeUnit.MICROSECONDS)
                            // In this process where it must be quick: a JVM of its own takes longer than the measuring.
                            .forks(full ? 2 : 0)
                            .warmupIterations(full ? 5 : 2)
                            .warmupTime(TimeValue.milliseconds(full ? 1_000 : 200))
                            .measurementIterations(full ? 5 : 2)
                            .measurementTime(TimeValue.milliseconds(full ? 1_000 : 200))
                            .jvmArgs(
                                    "-Xmx512m",
                                    "-XX:+UseCompactObjectHeaders",
                                    "--enable-native-access=ALL-UNNAMED",
                                    "--sun-misc-unsafe-memory-access=allow",
                                    "-Dlogback.configurationFile=logback-benchmarks.xml")
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .build())
                    .runSingle();
            return result.getPrimaryResult().getScore();
        } catch (RunnerException e) {
            throw new IllegalStateException(benchmark.getSimpleName() + "." + method + " failed: " + e.getMessage(), e);
        }
    }
}
