package dev.carillon.benchmarks.load;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes events and reports how many were accepted and how soon. */
public final class PublishMain {
    private PublishMain() {}

    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args);
        PublishEvents publish = new PublishEvents(plan(arguments));
        publish.run(arguments.number("warmup"));
        publish.reset();
        Reporting.measuring();
        long start = System.nanoTime();
        publish.run(arguments.number("seconds"));
        double seconds = (System.nanoTime() - start) / 1e9;
        Reporting.result(result(publish, seconds));
    }

    static PublishEvents.Plan plan(Arguments arguments) {
        return new PublishEvents.Plan(
                URI.create(arguments.text("target")),
                arguments.text("key"),
                arguments.number("rate", 0),
                arguments.number("connections", 64),
                arguments.number("array", 1),
                arguments.number("recipients", 10_000),
                arguments.text("run"),
                arguments.values().getOrDefault("further", ""));
    }

    static Map<String, Object> result(PublishEvents publish, double seconds) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("count", publish.accepted());
        result.put("refused", publish.refused());
        result.put("refusal", String.valueOf(publish.refusal()));
        result.put("seconds", seconds);
        result.put("latency", publish.latencies().toMap());
        return result;
    }
}
