package dev.carillon.inapp.feed;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.delivery.DeadLetters;
import dev.carillon.platform.delivery.DeliveryDecoder;
import dev.carillon.platform.delivery.Outcomes;
import dev.carillon.platform.delivery.Received;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
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
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Takes batches from the channel's topic: what can be stored is, what is cancelled is not, what cannot goes to the dead letters, and then the offsets
 * are committed. A failure of database or broker leaves the batch to be delivered again.
 */
final class FeedListener implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {
    private static final ChannelOutcome CANCELLED =
            ChannelOutcome.of(Channel.INAPP, OutcomeState.CANCELLED, Reason.CANCELLED);

    private final DeliveryDecoder decoder = new DeliveryDecoder(Channel.INAPP);
    private final StoreNotifications feed;
    private final Cancellations cancellations;
    private final RecordSender records;
    private final TopicSpec outcomes;
    private final DeadLetters deadLetters;
    private final Clock clock;

    FeedListener(
            StoreNotifications feed, Cancellations cancellations, RecordSender records, Topics topics, Clock clock) {
        this.feed = feed;
        this.cancellations = cancellations;
        this.records = records;
        this.outcomes = topics.outcomes();
        this.deadLetters = new DeadLetters(topics.dead(Channel.INAPP), clock);
        this.clock = clock;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> batch,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        List<Received> received = new ArrayList<>(batch.size());
        List<OutgoingRecord> dead = new ArrayList<>();
        List<NotificationOutcome> cancelled = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            settled.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
            try {
                Delivery delivery = decoder.decode(record.value());
                Delivery rest = cancellations.rest(delivery);
                if (rest == null) {
                    cancelled.add(NotificationOutcome.of(delivery.notification(), clock.instant(), List.of(CANCELLED)));
                } else {
                    received.add(new Received(record, rest));
                }
            } catch (MalformedRecordException e) {
                dead.add(deadLetters.of(record, Reason.MALFORMED, String.valueOf(e.getMessage())));
            }
        }
        try {
            store(received, dead);
            dead.addAll(Outcomes.pack(outcomes, cancelled));
            records.sendUntilAcknowledged(dead);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the batch is delivered again", e);
        }
        Objects.requireNonNull(consumer, "the container passes its consumer").commitSync(settled);
    }

    /** What the database refuses for its content is found by halving. */
    private void store(List<Received> received, List<OutgoingRecord> dead) throws InterruptedException {
        try {
            feed.store(received.stream().map(Received::delivery).toList());
        } catch (DataAccessException e) {
            if (!ContentRefused.is(e)) {
                throw e;
            }
            int size = received.size();
            if (size == 1) {
                String why =
                        "the database refuses it: " + e.getMostSpecificCause().getMessage();
                dead.add(deadLetters.of(received.getFirst().record(), Reason.MALFORMED, why));
            } else {
                store(received.subList(0, size / 2), dead);
                store(received.subList(size / 2, size), dead);
            }
        }
    }
}
