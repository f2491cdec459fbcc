package dev.carillon.ingest.inbound;

import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.TopicSpec;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Reads the topic {@code inbound}, of transactional producers only what they committed. */
final class InboundWorker implements SmartLifecycle {
    private final Containers containers;
    private final TopicSpec topic;
    private final InboundEvents events;
    private final InboundProperties properties;
    private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;

    InboundWorker(Containers containers, TopicSpec topic, InboundEvents events, InboundProperties properties) {
        this.containers = containers;
        this.topic = topic;
        this.events = events;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        if (container == null && properties.enabled()) {
            container = containers.create(
                    List.of(topic.name()), "inbound", IsolationLevel.READ_COMMITTED, properties.batchSize());
            container.setupMessageListener(events);
            container.start();
        }
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
