package dev.carillon.ingest.intake;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/** Counts events by how they came and what became of them. */
final class IntakeMetrics {
    private final Map<Way, Counters> ways = new EnumMap<>(Way.class);

    IntakeMetrics(MeterRegistry registry) {
        for (Way way : Way.values()) {
            ways.put(
                    way,
                    new Counters(
                            Metric.EVENTS.counter(registry, "accepted", way.code()),
                            Metric.EVENTS.counter(registry, "refused", way.code()),
                            Metric.EVENTS.counter(registry, "unknown", way.code())));
        }
    }

    void count(Way way, List<Receipt> receipts) {
        Counters counters = of(way);
        int accepts = 0;
        for (Receipt receipt : receipts) {
            switch (receipt) {
                case Receipt.Accepted _ -> accepts++;
                case Receipt.Refused(var problem) -> counters.count(problem);
            }
        }
        counters.accepted.increment(accepts);
    }

    /** Accepts one event, and counts how that ends. */
    <T> T counted(Way way, Supplier<T> accept) {
        try {
            T accepted = accept.get();
            of(way).accepted.increment();
            return accepted;
        } catch (ProblemException problem) {
            of(way).count(problem);
            throw problem;
        }
    }

    private Counters of(Way way) {
        return Objects.requireNonNull(ways.get(way));
    }

    private record Counters(Counter accepted, Counter refused, Counter unknown) {
        void count(ProblemException problem) {
            (problem.status() == HttpStatus.SERVICE_UNAVAILABLE ? unknown : refused).increment();
        }
    }
}
