package dev.carillon.inapp.retention;

import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of the sweeps, counted. */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final RetentionSweep sweep;
    private final FeedLimit limit;
    private final Counter expired;
    private final Counter dismissed;
    private final Counter archived;

    Retention(RetentionSweep sweep, FeedLimit limit, MeterRegistry metrics) {
        this.sweep = sweep;
        this.limit = limit;
        this.expired = Metric.RETENTION_DELETED.counter(metrics);
        this.dismissed = Metric.RETENTION_ABOVE_LIMIT.counter(metrics, "dismissed");
        this.archived = Metric.RETENTION_ABOVE_LIMIT.counter(metrics, "archived");
    }

    void run() {
        int gone = sweep.sweep();
        expired.increment(gone);
        FeedLimit.Trimmed trimmed = limit.trim();
        dismissed.increment(trimmed.dismissed());
        archived.increment(trimmed.archived());
        if (gone + trimmed.all() > 0) {
            LOG.info("retention: {} rows are gone, {} were above the limit of their feed", gone, trimmed.all());
        }
    }
}
