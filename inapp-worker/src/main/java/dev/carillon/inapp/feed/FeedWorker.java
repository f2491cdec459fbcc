package dev.carillon.inapp.feed;

import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.TopicSpec;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Reads the channel's deliveries, uncommitted ones too: what the router decides is on the screen before its transaction
 * commits, and an aborted decision is made again under the same id, or is a notification shown too much.
 */
final class FeedWorker implements SmartLifecycle {
    private final Containers containers;
    private final TopicSpec topic;
    private final FeedListener listener;
    private final FeedProperties properties;
    private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;

    FeedWorker(Containers containers, TopicSpec topic, FeedListener listener, FeedProperties properties) {
        this.containers = containers;
        this.topic = topic;
        this.listener = listener;
        this.properties = properties;
    }

    @Override
    public synchronized void start() {
        if (container == null) {
            container = containers.create(
                    List.of(topic.name()),
                    "",
                    IsolationLevel.READ_UNCOMMITTED,
                    properties.consumers(),
                    properties.batchSize());
            container.setupMessageListener(listener);
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
