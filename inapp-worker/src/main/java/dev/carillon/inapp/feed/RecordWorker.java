package dev.carillon.inapp.feed;

import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.TopicSpec;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Reads a topic whose records change rows. Each may come again: a failure of database or broker leaves the batch to be
 * delivered again. What nobody can read is logged and passed over.
 */
final class RecordWorker<T> implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWorker.class);
    private static final int BATCH = 50;

    private final Containers containers;
    private final TopicSpec topic;
    private final String group;
    private final Class<T> type;
    private final Consumer<T> action;
    private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;

    /** @param group of consumers, among those of this service */
    RecordWorker(Containers containers, TopicSpec topic, String group, Class<T> type, Consumer<T> action) {
        this.containers = containers;
        this.topic = topic;
        this.group = group;
        this.type = type;
        this.action = action;
    }

    @Override
    public synchronized void start() {
        if (container == null) {
            container = containers.create(List.of(topic.name()), group, IsolationLevel.READ_COMMITTED, BATCH);
            container.setupMessageListener((BatchAcknowledgingMessageListener<byte[], byte[]>) this::apply);
            container.start();
        }
    }

    private void apply(List<ConsumerRecord<byte[], byte[]>> batch, @Nullable Acknowledgment acknowledgment) {
        batch.forEach(this::apply);
        if (acknowledgment != null) {
            acknowledgment.acknowledge();
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        T value;
        try {
            value = Json.read(record.value(), type);
        } catch (MalformedRecordException e) {
            LOG.error(
                    "{}-{}@{} is unreadable: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return;
        }
        action.accept(value);
    }

    @Override
    public synchronized void stop() {
        if (container != null) {
            container.stop();
            container = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return container != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
