package dev.carillon.email.delivery;

import dev.carillon.platform.delivery.ChannelSender;
import dev.carillon.platform.delivery.DeliveryOutcome;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;

/** Stands in where no relay is configured: the channel is off, and every delivery is told so. */
public final class NoRelay implements ChannelSender {

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public DeliveryOutcome send(Delivery delivery) {
        return new DeliveryOutcome.Skipped(Reason.CHANNEL_NOT_CONFIGURED);
    }
}
