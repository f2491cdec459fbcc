package dev.carillon.inapp.retention;

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
        this.expired = Counter.builder("carillon.inapp.retention.deleted")
                .description("rows that were over their time")
                .register(metrics);
        this.dismissed = trimmed(metrics, "dismissed");
        this.archived = trimmed(metrics, "archived");
    }

    private static Counter trimmed(MeterRegistry metrics, String how) {
        return Counter.builder("carillon.inapp.retention.above_limit")
                .description("rows above the limit of their feed: read ones are dismissed, unread ones archived")
                .tag("how", how)
                .register(metrics);
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
