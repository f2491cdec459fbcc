package dev.carillon.benchmarks.stage;

import dev.carillon.benchmarks.process.CpuMeter;
import dev.carillon.benchmarks.result.ProcessCost;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A finished run of a load program.
 *
 * @param report what it measured
 * @param costs of every process while it did, the program's own among them
 */
public record LoadRun(JsonNode report, List<ProcessCost> costs) {
    private static final Duration MOST = Duration.ofMinutes(20);

    /** Runs the program to its end. */
    public static LoadRun of(Class<?> main, Map<String, Long> pids, String... arguments) {
        try (Program program = Program.start(main, List.of(), arguments)) {
            program.awaitMeasuring();
            Map<String, Long> all = new LinkedHashMap<>(pids);
            all.put("load", program.pid());
            CpuMeter meter = CpuMeter.start(all);
            JsonNode report = program.awaitResult(MOST);
            return new LoadRun(
                    report, meter.perThousand(Math.max(1, report.path("count").asDouble())));
        }
    }

    /** @throws IllegalStateException where anything was refused: such a figure says nothing */
    public LoadRun orFail() {
        if (report.path("refused").asLong() > 0) {
            throw new IllegalStateException(report.path("refused") + " of " + report.path("count")
                    + " were not accepted: " + report.path("refusal").asString(""));
        }
        return this;
    }

    public double perSecond() {
        return report.path("count").asDouble() / report.path("seconds").asDouble();
    }

    /**
     * A latency in milliseconds.
     *
     * @param of which kind, such as {@code latency}
     * @param percentile {@code p50}, {@code p99} or {@code p999}
     */
    public double millis(String of, String percentile) {
        JsonNode value = report.path(of).path(percentile);
        if (!value.isNumber()) {
            throw new IllegalStateException("the program reported no " + of + "." + percentile + ": " + report);
        }
        return value.asDouble();
    }
}
