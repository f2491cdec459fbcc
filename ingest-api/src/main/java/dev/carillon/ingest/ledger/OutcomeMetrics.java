package dev.carillon.ingest.ledger;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the ledger writes, and how long deliveries took. A batch that is written a second time counts twice. */
final class OutcomeMetrics {
    private final MeterRegistry registry;
    private final Map<Step, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Channel, Timer> delivered = new EnumMap<>(Channel.class);

    OutcomeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Channel channel : List.of(Channel.EMAIL, Channel.PUSH)) {
            delivered.put(channel, Metric.DELIVERED.timer(registry, channel.code()));
        }
    }

    private record Step(Channel channel, OutcomeState state, Reason reason) {}

    void count(List<NotificationOutcome> outcomes) {
        for (NotificationOutcome outcome : outcomes) {
            for (ChannelOutcome channel : outcome.channels()) {
                counters.computeIfAbsent(new Step(channel.channel(), channel.state(), channel.reason()), this::counter)
                        .increment();
                time(outcome, channel);
            }
        }
    }

    private void time(NotificationOutcome outcome, ChannelOutcome channel) {
        Timer timer = delivered.get(channel.channel());
        if (timer != null && channel.state() == OutcomeState.SENT && outcome.acceptedAt() != null) {
            timer.record(Duration.between(outcome.acceptedAt(), outcome.at()));
        }
    }

    private Counter counter(Step step) {
        return Metric.OUTCOMES.counter(
                registry,
                step.channel().code(),
                step.state().name().toLowerCase(Locale.ROOT),
                step.reason().code());
    }
}
