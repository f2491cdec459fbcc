package dev.carillon.inapp.retention;

import dev.carillon.inapp.retention.RetentionSweep.Reason;
import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of the sweeps, counted. */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final RetentionSweep sweep;
    private final FeedLimit limit;
    private final Map<Reason, Counter> deleted = new EnumMap<>(Reason.class);
    private final Counter dismissed;
    private final Counter archived;

    Retention(RetentionSweep sweep, FeedLimit limit, MeterRegistry metrics) {
        this.sweep = sweep;
        this.limit = limit;
        for (Reason reason : Reason.values()) {
            deleted.put(
                    reason,
                    Metric.RETENTION_DELETED.counter(metrics, reason.name().toLowerCase(Locale.ROOT)));
        }
        this.dismissed = Metric.RETENTION_ABOVE_LIMIT.counter(metrics, "dismissed");
        this.archived = Metric.RETENTION_ABOVE_LIMIT.counter(metrics, "archived");
    }

    void run() {
        Map<Reason, Integer> gone = sweep.sweep();
        gone.forEach(
                (reason, rows) -> Objects.requireNonNull(deleted.get(reason)).increment(rows));
        FeedLimit.Trimmed trimmed = limit.trim();
        dismissed.increment(trimmed.dismissed());
        archived.increment(trimmed.archived());
        if (!gone.isEmpty() || trimmed.all() > 0) {
            LOG.info("retention: gone are {}; {} rows were above the limit of their feed", gone, trimmed.all());
        }
    }
}
