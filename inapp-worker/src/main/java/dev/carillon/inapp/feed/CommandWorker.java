package dev.carillon.inapp.feed;

import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.TopicSpec;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Reads the commands of upstream services. */
final class CommandWorker implements SmartLifecycle {
    private static final int BATCH = 50;

    private final Containers containers;
    private final TopicSpec topic;
    private final ApplyCommands listener;
    private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;

    CommandWorker(Containers containers, TopicSpec topic, ApplyCommands listener) {
        this.containers = containers;
        this.topic = topic;
        this.listener = listener;
    }

    @Override
    public synchronized void start() {
        if (container == null) {
            container = containers.create(List.of(topic.name()), "commands", IsolationLevel.READ_COMMITTED, 1, BATCH);
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
