package dev.carillon.standalone.compose;

import dev.carillon.platform.metrics.Metric;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collections;
import java.util.List;

/** What a meter is called in a scrape, as the registry itself writes it. */
public final class PrometheusNames {
    private PrometheusNames() {}

    /** Sorted; a timer has several. */
    public static List<String> of(Metric metric) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        String[] values = Collections.nCopies(metric.tags().size(), "any").toArray(String[]::new);
        switch (metric.kind()) {
            case COUNTER -> metric.counter(registry, values);
            case TIMER -> metric.timer(registry, values);
            case GAUGE -> metric.gauge(registry, 1, Integer::doubleValue, values);
        }
        return in(registry.scrape());
    }

    /** Those of the samples of a scrape. */
    public static List<String> in(String scrape) {
        return scrape.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }
}
