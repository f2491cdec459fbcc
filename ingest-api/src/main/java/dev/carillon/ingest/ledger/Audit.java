package dev.carillon.ingest.ledger;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.OutcomeState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks for what has vanished: whatever is decided must end, as merged, suppressed, cancelled, expired or replaced, or is
 * held; whatever is handed to a worker must end, as sent, skipped, dead, expired or cancelled, or waits for its next
 * attempt. What stands longer than it should in a state that is no end is unaccounted for.
 */
final class Audit {
    /** Of more there is no need to know how many. */
    static final int MOST = 10_000;

    private static final List<OutcomeState> OPEN =
            List.of(OutcomeState.ROUTED, OutcomeState.RETRYING, OutcomeState.HELD);

    private final LedgerTable table;
    private final Duration patience;
    private final MultiGauge unaccounted;
    private final Clock clock;

    /** @param patience how long after its time something may be said */
    Audit(LedgerTable table, Duration patience, MeterRegistry registry, Clock clock) {
        this.table = table;
        this.patience = patience;
        this.unaccounted = Metric.UNACCOUNTED.gauges(registry);
        this.clock = clock;
        // There from the start, as an alert's missing series would otherwise look like silence.
        show(Map.of());
    }

    private record Kind(Channel channel, OutcomeState state) {}

    void look() {
        Instant before = clock.instant().minus(patience);
        Map<Kind, Integer> numbers = new HashMap<>();
        for (LedgerRow row : table.openBefore(before, MOST)) {
            for (Channel channel : Channel.values()) {
                List<Step> steps = row.channels().getOrDefault(channel.code(), List.of());
                Step last = steps.isEmpty() ? null : steps.getLast();
                Instant until = last == null ? null : last.openUntil(channel.code());
                if (last != null && until != null && until.isBefore(before)) {
                    numbers.merge(new Kind(channel, last.state()), 1, Integer::sum);
                }
            }
        }
        show(numbers);
    }

    private void show(Map<Kind, Integer> numbers) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            for (OutcomeState state : OPEN) {
                rows.add(Metric.UNACCOUNTED.row(
                        numbers.getOrDefault(new Kind(channel, state), 0),
                        channel.code(),
                        state.name().toLowerCase(Locale.ROOT)));
            }
        }
        unaccounted.register(rows, true);
    }
}
