package dev.carillon.push.delivery;

import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;

/** The channel while it is off: every delivery ends, so that nothing piles up until somebody sets a key pair. */
public final class UnconfiguredPush implements ChannelSender {
    @Override
    public Channel channel() {
        return Channel.PUSH;
    }

    @Override
    public DeliveryOutcome send(Delivery delivery) {
        return new Skipped(Reason.CHANNEL_NOT_CONFIGURED);
    }
}
