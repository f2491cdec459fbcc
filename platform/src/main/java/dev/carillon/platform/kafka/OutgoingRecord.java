package dev.carillon.platform.kafka;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record to send, with its partition chosen. */
public record OutgoingRecord(
        TopicSpec topic, int partition, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    /** A record that {@code recipient} owns; the value is written as JSON. */
    public static OutgoingRecord of(TopicSpec topic, RecipientId recipient, Object value) {
        return owned(topic, recipient, recipient.value().getBytes(StandardCharsets.UTF_8), Json.write(value));
    }

    /** A record in the partition of {@code recipient}, with a key of its own. */
    public static OutgoingRecord owned(
            TopicSpec topic, RecipientId recipient, byte[] key, byte @Nullable [] value, Header... headers) {
        return new OutgoingRecord(topic, Partitions.of(recipient, topic.partitions()), key, value, List.of(headers));
    }

    ProducerRecord<byte[], byte[]> toProducerRecord() {
        return new ProducerRecord<>(topic.name(), partition, key, value, headers);
    }
}
