package dev.carillon.ingest.watch;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * Measures how far each consumer group is behind, how many dead letters there are, and what flows. Every replica does, and finds the
 * same: take the largest, not the sum.
 */
final class WatchBroker {
    private final KafkaClients clients;
    private final Topics topics;
    private final FlowSamples samples;
    private final MultiGauge lag;
    private final MultiGauge dead;
    private volatile boolean watched;

    WatchBroker(KafkaClients clients, Topics topics, FlowSamples samples, MeterRegistry registry) {
        this.clients = clients;
        this.topics = topics;
        this.samples = samples;
        this.lag = Metric.GROUP_LAG.gauges(registry);
        this.dead = Metric.DEAD_LETTERS.gauges(registry);
        Metric.BROKER_WATCHED.gauge(registry, this, watch -> watch.watched ? 1 : 0);
    }

    /** Looks where it is time. */
    void turn() {
        if (samples.due()) {
            look();
        }
    }

    /** @throws IllegalStateException where the broker does not say */
    void look() {
        Admin admin = clients.admin();
        try {
            BrokerView view = BrokerView.take(admin, topics);
            show(view);
            samples.add(view.stages());
            watched = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            watched = false;
            throw new IllegalStateException("lag and dead letters cannot be measured: " + e, e);
        } finally {
            // Not the default, which waits for calls to a broker that is away.
            admin.close(Duration.ZERO);
        }
    }

    private void show(BrokerView view) {
        lag.register(
                view.lag().entrySet().stream()
                        .map(one -> Metric.GROUP_LAG.row(
                                one.getValue(),
                                one.getKey().group(),
                                one.getKey().topic()))
                        .collect(Collectors.toList()),
                true);
        dead.register(
                view.dead().entrySet().stream()
                        .map(one -> Metric.DEAD_LETTERS.row(one.getValue(), one.getKey()))
                        .collect(Collectors.toList()),
                true);
    }
}
