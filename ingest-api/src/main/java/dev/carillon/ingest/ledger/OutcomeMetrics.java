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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts what the ledger writes, and how long deliveries took. A batch that is written a second time counts twice. */
final class OutcomeMetrics {
    /** Whoever publishes names the type of an event as she likes, and every name would be a series for ever. */
    private static final String UNKNOWN = "(unknown)";

    private final MeterRegistry registry;
    private final Predicate<String> known;
    private final Map<Step, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Mark, Counter> marked = new ConcurrentHashMap<>();
    private final Map<Ride, Timer> delivered = new HashMap<>();

    /** @param known whether the catalogue has a type of this name */
    OutcomeMetrics(MeterRegistry registry, Predicate<String> known) {
        this.registry = registry;
        this.known = known;
        for (Channel channel : List.of(Channel.EMAIL, Channel.PUSH)) {
            for (Lane lane : Lane.values()) {
                delivered.put(new Ride(channel, lane), Metric.DELIVERED.timer(registry, channel.code(), lane.code()));
            }
        }
    }

    private record Ride(Channel channel, Lane lane) {}

    private record Step(Channel channel, OutcomeState state, Reason reason) {}

    private record Mark(String type, Channel channel, String what) {}

    void count(List<NotificationOutcome> outcomes) {
        for (NotificationOutcome outcome : outcomes) {
            for (ChannelOutcome channel : outcome.channels()) {
                counters.computeIfAbsent(new Step(channel.channel(), channel.state(), channel.reason()), this::counter)
                        .increment();
                if (isDelivery(channel)) {
                    mark(outcome.type(), channel.channel(), "delivered");
                }
                time(outcome, channel);
            }
        }
    }

    /** What recipients did. */
    void read(List<NotificationOutcome> marks) {
        for (NotificationOutcome mark : marks) {
            for (ChannelOutcome channel : mark.channels()) {
                mark(mark.type(), channel.channel(), channel.state().name().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** In-app tells nobody that it stored one. */
    private static boolean isDelivery(ChannelOutcome channel) {
        return channel.state() == (channel.channel() == Channel.INAPP ? OutcomeState.ROUTED : OutcomeState.SENT);
    }

    private void mark(@Nullable String type, Channel channel, String what) {
        String label = type == null ? "" : known.test(type) ? type : UNKNOWN;
        marked.computeIfAbsent(new Mark(label, channel, what), this::counter).increment();
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
        return Metric.READING.counter(registry, mark.type(), mark.channel().code(), mark.what());
    }
}
