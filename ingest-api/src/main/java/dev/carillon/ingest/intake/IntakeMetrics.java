package dev.carillon.ingest.intake;

import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Counts events by what became of them. */
final class IntakeMetrics {
    private final Counter accepted;
    private final Counter refused;
    private final Counter unknown;

    IntakeMetrics(MeterRegistry registry) {
        this.accepted = Metric.EVENTS.counter(registry, "accepted");
        this.refused = Metric.EVENTS.counter(registry, "refused");
        this.unknown = Metric.EVENTS.counter(registry, "unknown");
    }

    void count(List<Receipt> receipts) {
        int accepts = 0;
        for (Receipt receipt : receipts) {
            switch (receipt) {
                case Receipt.Accepted _ -> accepts++;
                case Receipt.Refused(var problem) ->
                    (problem.status() == HttpStatus.SERVICE_UNAVAILABLE ? unknown : refused).increment();
            }
        }
        accepted.increment(accepts);
    }
}
