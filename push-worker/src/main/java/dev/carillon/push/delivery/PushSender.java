package dev.carillon.push.delivery;

import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.push.report.ReportTokens;
import dev.carillon.push.subscription.Subscription;
import dev.carillon.push.subscription.Subscriptions;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sends a delivery to every device of its recipient, at once. A repeated attempt goes only to the devices for which the
 * delivery is not settled yet.
 */
public final class PushSender implements ChannelSender {
    private final Subscriptions subscriptions;
    private final DeviceSender devices;
    private final WaitingGroups groups;
    private final ReportTokens reports;
    private final Clock clock;

    public PushSender(
            Subscriptions subscriptions,
            DeviceSender devices,
            WaitingGroups groups,
            ReportTokens reports,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.devices = devices;
        this.groups = groups;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.PUSH;
    }

    @Override
    public DeliveryOutcome send(Delivery delivery) throws InterruptedException {
        Progress before = Progress.of(delivery.attempts());
        if (groups.superseded(delivery)) {
            return before.anyAccepted()
                    ? new Accepted("for the other devices a newer one of its group took its place")
                    : new Skipped(Reason.SUPERSEDED);
        }
        List<Subscription> known = subscriptions.of(delivery.recipient());
        List<Subscription> open =
                known.stream().filter(device -> !before.settled(device.id())).toList();
        if (known.isEmpty()) {
            subscriptions.missing(delivery.recipient());
        }
        if (open.isEmpty()) {
            return nothingToSend(before);
        }
        DeliveryOutcome outcome = DeliveryResult.of(before, results(delivery, open));
        if (outcome instanceof RetryLater) {
            groups.waits(delivery);
        }
        return outcome;
    }

    private List<DeviceResult> results(Delivery delivery, List<Subscription> open) throws InterruptedException {
        String report =
                reports.issue(delivery.recipient(), delivery.notification().id(), clock.instant());
        PushContent content = PushContent.of(delivery, report);
        List<CompletableFuture<DeviceResult>> sent = new ArrayList<>();
        for (Subscription device : open) {
            sent.add(devices.send(device, delivery, content));
        }
        List<DeviceResult> results = new ArrayList<>();
        for (CompletableFuture<DeviceResult> result : sent) {
            results.add(await(result));
        }
        results.forEach(this::remember);
        return results;
    }

    private static DeliveryOutcome nothingToSend(Progress before) {
        return before.anyAccepted() ? new Accepted(null) : new Skipped(Reason.NO_SUBSCRIPTION);
    }

    private void remember(DeviceResult result) {
        switch (result) {
            case DeviceResult.Taken(Subscription device) -> subscriptions.used(device);
            case DeviceResult.Gone(Subscription device) -> subscriptions.forget(device);
            case DeviceResult.Refused _ -> {}
            case DeviceResult.Later _ -> {}
        }
    }

    private static DeviceResult await(CompletableFuture<DeviceResult> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending to a device failed", e.getCause());
        }
    }
}
