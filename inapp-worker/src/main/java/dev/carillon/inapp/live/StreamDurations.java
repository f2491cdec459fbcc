package dev.carillon.inapp.live;

import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** Measures how long live connections are open, and why they end; counts those that a heartbeat ends. */
final class StreamDurations {
    private final MeterRegistry registry;
    private final Clock clock;

    StreamDurations(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        // From the start on, so that the first one is an increase.
        var _ = failed(SseConnection.KIND, HeartbeatFailure.UNWRITTEN);
        var _ = failed(SseConnection.KIND, HeartbeatFailure.UNANSWERED);
        var _ = failed(WsConnection.KIND, HeartbeatFailure.UNWRITTEN);
        var _ = failed(WsConnection.KIND, HeartbeatFailure.UNANSWERED);
    }

    private Counter failed(String kind, HeartbeatFailure why) {
        return Metric.LIVE_HEARTBEATS_FAILED.counter(registry, kind, why.code());
    }

    void opened(LiveSession session) {
        session.openedAt(clock.millis());
    }

    /** Counts it once, where it was opened. */
    void ended(LiveSession session) {
        long openedAt = session.takeOpenedAt();
        if (openedAt != LiveSession.NOT_OPEN) {
            Duration open = Duration.ofMillis(Math.max(0, clock.millis() - openedAt));
            Metric.LIVE_DURATION
                    .timer(registry, session.kind(), session.endedBy())
                    .record(open);
            HeartbeatFailure failed = session.failedHeartbeat();
            if (failed != null) {
                failed(session.kind(), failed).increment();
            }
        }
    }
}
