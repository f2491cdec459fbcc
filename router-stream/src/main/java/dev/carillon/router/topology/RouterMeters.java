package dev.carillon.router.topology;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.router.decision.Slot;
import dev.carillon.router.hold.HoldDepth;
import dev.carillon.schemas.Channel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured of a router: what waits in the partitions that it runs, and what it dropped. Any thread. */
public final class RouterMeters {
    private final Set<HoldDepth> open = ConcurrentHashMap.newKeySet();
    private final Counter duplicates;
    private final Counter lost;
    private final Clock clock;

    public RouterMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        duplicates = Metric.DUPLICATES.counter(registry);
        lost = Metric.HOLDS_LOST.counter(registry);
        for (Channel channel : Channel.values()) {
            for (Slot.Kind kind : Slot.Kind.values()) {
                Metric.HOLDS.gauge(registry, this, it -> it.held(channel, kind), channel.code(), kind.code());
                Metric.HOLDS_AGE.gauge(registry, this, it -> it.age(channel, kind), channel.code(), kind.code());
            }
        }
    }

    /** A partition runs here now. */
    void opened(HoldDepth depth) {
        open.add(depth);
    }

    /** It does not any more; another thread or instance counts it again. */
    void closed(HoldDepth depth) {
        open.remove(depth);
    }

    /** An event came again and was dropped. */
    void duplicate() {
        duplicates.increment();
    }

    /** The due queue had lost as many slots, which are back in it. */
    void lost(int slots) {
        lost.increment(slots);
    }

    private double held(Channel channel, Slot.Kind kind) {
        return open.stream().mapToLong(one -> one.deliveries(channel, kind)).sum();
    }

    private double age(Channel channel, Slot.Kind kind) {
        OptionalLong oldest = open.stream()
                .flatMapToLong(one -> one.oldest(channel, kind).stream())
                .min();
        return oldest.isEmpty() ? 0 : Math.max(0, clock.millis() - oldest.getAsLong()) / 1_000.0;
    }
}
