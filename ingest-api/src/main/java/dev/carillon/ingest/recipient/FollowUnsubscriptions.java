package dev.carillon.ingest.recipient;

import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.activity.Activity;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;

/**
 * Makes what was stopped by mail part of the stored preferences. A record may come twice and then changes nothing but the
 * version. While the database or the broker is away, the batch is delivered again.
 */
final class FollowUnsubscriptions implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUnsubscriptions.class);
    private static final String ROLE = "activity";
    private static final int BATCH = 500;

    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
    private final ChangeRecipients change;

    FollowUnsubscriptions(Containers containers, String topic, ChangeRecipients change) {
        this.change = change;
        this.container = containers.create(List.of(topic), ROLE, IsolationLevel.READ_UNCOMMITTED, BATCH);
        container.getContainerProperties().setAckMode(AckMode.BATCH);
        container.getContainerProperties().setMessageListener((BatchMessageListener<byte[], byte[]>) this::apply);
    }

    private void apply(List<ConsumerRecord<byte[], byte[]>> batch) {
        batch.forEach(this::apply);
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (Json.read(record.value(), Activity.class) instanceof Activity.Unsubscribed unsubscribed) {
                change.unsubscribe(unsubscribed.recipient(), Unsubscription.of(unsubscribed), unsubscribed.at());
            }
        } catch (MalformedRecordException e) {
            LOG.debug("{} at offset {} is no activity", record.topic(), record.offset(), e);
        }
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
