package dev.carillon.inapp.feed;

import dev.carillon.platform.delivery.DeadLetters;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Takes batches from the channel's topic: what can be read is stored, what cannot goes to the dead letters, and then the
 * offsets are committed. A failure of database or broker leaves the batch to be delivered again.
 */
final class FeedListener implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {
    private final StoreNotifications feed;
    private final RecordSender records;
    private final DeadLetters deadLetters;

    FeedListener(StoreNotifications feed, RecordSender records, DeadLetters deadLetters) {
        this.feed = feed;
        this.records = records;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> batch,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        List<Delivery> deliveries = new ArrayList<>(batch.size());
        List<OutgoingRecord> dead = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            try {
                deliveries.add(DeliveryRecord.read(record.value()));
            } catch (MalformedRecordException e) {
                dead.add(deadLetters.of(record, Reason.MALFORMED, String.valueOf(e.getMessage())));
            }
        }
        try {
            feed.store(deliveries);
            records.sendUntilAcknowledged(dead);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the batch is delivered again", e);
        }
        Objects.requireNonNull(consumer, "the container passes its consumer").commitSync();
    }
}
