package dev.carillon.ingest.ledger;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the ledger writes, and how long deliveries took. A batch that is written a second time counts twice. */
final class OutcomeMetrics {
    private final MeterRegistry registry;
    private final Map<Step, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Mark, Counter> marked = new ConcurrentHashMap<>();
    private final Map<Ride, Timer> delivered = new HashMap<>();

    OutcomeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Channel channel : List.of(Channel.EMAIL, Channel.PUSH)) {
            for (Lane lane : Lane.values()) {
                delivered.put(new Ride(channel, lane), Metric.DELIVERED.timer(registry, channel.code(), lane.code()));
            }
        }
    }

    private record Ride(Channel channel, Lane lane) {}

    private record Step(Channel channel, OutcomeState state, Reason reason) {}

    private record Mark(String type, Channel channel, OutcomeState what) {}

    void count(List<NotificationOutcome> outcomes) {
        for (NotificationOutcome outcome : outcomes) {
            for (ChannelOutcome channel : outcome.channels()) {
                counters.computeIfAbsent(new Step(channel.channel(), channel.state(), channel.reason()), this::counter)
                        .increment();
                time(outcome, channel);
            }
        }
    }

    /** What recipients did. */
    void read(List<NotificationOutcome> marks) {
        for (NotificationOutcome mark : marks) {
            for (ChannelOutcome channel : mark.channels()) {
                Mark key = new Mark(Objects.requireNonNullElse(mark.type(), ""), channel.channel(), channel.state());
                marked.computeIfAbsent(key, this::counter).increment();
            }
        }
    }

    private void time(NotificationOutcome outcome, ChannelOutcome channel) {
        Lane lane = Objects.requireNonNullElse(outcome.lane(), Lane.DIRECT);
        Timer timer = delivered.get(new Ride(channel.channel(), lane));
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

    private Counter counter(Mark mark) {
        return Metric.READING.counter(
                registry, mark.type(), mark.channel().code(), mark.what().name().toLowerCase(Locale.ROOT));
    }
}
