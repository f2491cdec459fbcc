package dev.carillon.platform.delivery;

import dev.carillon.schemas.delivery.Delivery;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A delivery and the record it came in. */
public record Received(ConsumerRecord<byte[], byte[]> record, Delivery delivery) {}
