package dev.carillon.platform.delivery;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.delivery.Delivery;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads deliveries of one channel. */
final class DeliveryDecoder {
    private final Channel channel;

    DeliveryDecoder(Channel channel) {
        this.channel = channel;
    }

    /**
     * Reads one.
     *
     * @throws MalformedRecordException where the record is no delivery of this channel
     */
    Received decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new MalformedRecordException("Delivery expected, but the record has no value", null);
        }
        Delivery delivery = Json.read(record.value(), Delivery.class);
        if (delivery.channel() != channel) {
            throw new MalformedRecordException(
                    "Delivery on " + channel.code() + " expected, but it is for " + delivery.channel(), null);
        }
        return new Received(record, delivery);
    }
}
