package dev.carillon.ingest.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Counts events by what became of them: {@code carillon.ingest.events}, with the tag {@code result}. */
final class IntakeMetrics {
    private final Counter accepted;
    private final Counter refused;
    private final Counter unknown;

    IntakeMetrics(MeterRegistry registry) {
        this.accepted = counter(registry, "accepted");
        this.refused = counter(registry, "refused");
        this.unknown = counter(registry, "unknown");
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

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("carillon.ingest.events")
                .description("Events by what became of them; unknown where the broker did not acknowledge in time")
                .tag("result", result)
                .register(registry);
    }
}
