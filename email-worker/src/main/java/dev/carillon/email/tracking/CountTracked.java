package dev.carillon.email.tracking;

import dev.carillon.email.catalogue.About;
import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Counts the tracked mails that a relay took: what those that were opened and clicked are held against. */
public final class CountTracked implements ChannelSender {
    private final ChannelSender sender;
    private final Tracker tracker;
    private final MeterRegistry metrics;

    public CountTracked(ChannelSender sender, Tracker tracker, MeterRegistry metrics) {
        this.sender = sender;
        this.tracker = tracker;
        this.metrics = metrics;
    }

    @Override
    public DeliveryOutcome send(Delivery delivery) throws InterruptedException {
        return send(delivery, () -> true);
    }

    @Override
    public DeliveryOutcome send(Delivery delivery, BooleanSupplier stillWanted) throws InterruptedException {
        DeliveryOutcome outcome = sender.send(delivery, stillWanted);
        if (outcome instanceof DeliveryOutcome.Accepted && tracker.of(delivery).tell()) {
            String type = Objects.requireNonNullElse(About.of(delivery).type(), ReadingLog.SEVERAL);
            Metric.MAIL_READING.counter(metrics, type, "sent").increment();
        }
        return outcome;
    }

    @Override
    public Channel channel() {
        return sender.channel();
    }

    @Override
    public boolean hasOneProvider() {
        return sender.hasOneProvider();
    }

    @Override
    public boolean isDown() {
        return sender.isDown();
    }
}
