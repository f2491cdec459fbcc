package dev.carillon.ingest.webhook;

import dev.carillon.ingest.webhook.Endpoint.Disabled;
import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is over its time, disables endpoints for which too much waits, and counts. */
final class SweepWebhooks {
    private static final Logger LOG = LoggerFactory.getLogger(SweepWebhooks.class);

    private final EndpointTable endpoints;
    private final Backlog backlog;
    private final WebhookProperties properties;
    private final MultiGauge disabled;
    private final MultiGauge messages;
    private final Clock clock;

    SweepWebhooks(
            EndpointTable endpoints, Backlog backlog, WebhookProperties properties, MeterRegistry meters, Clock clock) {
        this.endpoints = endpoints;
        this.backlog = backlog;
        this.properties = properties;
        this.disabled = Metric.WEBHOOK_DISABLED.gauges(meters);
        this.messages = Metric.WEBHOOK_MESSAGES.gauges(meters);
        this.clock = clock;
    }

    void sweep() {
        Instant now = clock.instant();
        backlog.giveUp(now.minus(properties.retention()), now);
        backlog.forget(now.minus(properties.retention()), now.minus(properties.deadRetention()));
        Map<UUID, Backlog.Counts> counts = backlog.counts();
        forgetLeftovers(counts);
        counts.forEach((endpoint, count) -> {
            if (count.waiting() > properties.mostWaiting()) {
                endpoints.disable(endpoint, Disabled.BACKLOG);
                LOG.warn("webhook {} is disabled: {} messages wait for it", endpoint, count.waiting());
            }
        });
        gauge(counts);
    }

    /** An outcome that was collected while its endpoint was deleted has nobody to be sent to. */
    private void forgetLeftovers(Map<UUID, Backlog.Counts> counts) {
        Set<UUID> known = endpoints.list().stream().map(Endpoint::id).collect(Collectors.toSet());
        List<UUID> gone =
                counts.keySet().stream().filter(id -> !known.contains(id)).toList();
        gone.forEach(backlog::forgetAllOf);
        gone.forEach(counts::remove);
    }

    private void gauge(Map<UUID, Backlog.Counts> counts) {
        long waiting =
                counts.values().stream().mapToLong(Backlog.Counts::waiting).sum();
        long dead = counts.values().stream().mapToLong(Backlog.Counts::dead).sum();
        messages.register(
                List.of(Metric.WEBHOOK_MESSAGES.row(waiting, "waiting"), Metric.WEBHOOK_MESSAGES.row(dead, "dead")),
                true);
        disabled.register(
                endpoints.disabled().entrySet().stream()
                        .map(entry -> Metric.WEBHOOK_DISABLED.row(
                                entry.getValue(), entry.getKey().code()))
                        .collect(Collectors.toList()),
                true);
    }
}
