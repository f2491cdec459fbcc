package dev.carillon.platform.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Feeds a channel's records to its {@link DeliveryBatch}, and only those that are due. A partition whose next record is
 * not due is rewound to it and rests; the others go on.
 */
final class DeliveryListener implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {
    /** Says when a record of the listener's topic is due. */
    @FunctionalInterface
    interface DueTime {
        /** Null means at once. */
        @Nullable Instant of(ConsumerRecord<byte[], byte[]> record);
    }

    private final DeliveryBatch batch;
    private final DueTime dueTime;
    private final Resting resting;
    private final Clock clock;

    DeliveryListener(DeliveryBatch batch, DueTime dueTime, Resting resting, Clock clock) {
        this.batch = batch;
        this.dueTime = dueTime;
        this.resting = resting;
        this.clock = clock;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        Objects.requireNonNull(consumer, "the container passes its consumer");
        List<ConsumerRecord<byte[], byte[]>> due = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>();
        Map<TopicPartition, Long> rewind = new HashMap<>();
        Instant now = clock.instant();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (rewind.containsKey(partition)) {
                continue;
            }
            Instant at = dueTime.of(record);
            if (at != null && at.isAfter(now)) {
                rewind.put(partition, record.offset());
                resting.until(partition, at);
            } else {
                due.add(record);
                settled.put(partition, new OffsetAndMetadata(record.offset() + 1));
            }
        }
        process(due);
        if (!settled.isEmpty()) {
            consumer.commitSync(settled);
        }
        rewind.forEach((partition, offset) -> consumer.seek(partition, (long) offset));
    }

    private void process(List<ConsumerRecord<byte[], byte[]>> due) {
        try {
            batch.process(due);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the batch is delivered again", e);
        }
    }
}
