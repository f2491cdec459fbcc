package dev.carillon.platform.delivery;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/** Reads deliveries of one channel. */
public final class DeliveryDecoder {
    private final Channel channel;

    public DeliveryDecoder(Channel channel) {
        this.channel = channel;
    }

    /**
     * Reads one.
     *
     * @throws MalformedRecordException where the value is no complete delivery of this channel
     */
    public Delivery decode(byte @Nullable [] value) {
        Delivery delivery = Json.read(value, Delivery.class);
        if (delivery.channel() != channel) {
            throw new MalformedRecordException(
                    "Delivery on " + channel.code() + " expected, but it is for " + delivery.channel(), null);
        }
        return delivery;
    }
}
