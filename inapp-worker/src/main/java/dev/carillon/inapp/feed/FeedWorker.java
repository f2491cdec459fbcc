package dev.carillon.inapp.feed;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.control.ControlTail;
import dev.carillon.platform.delivery.Containers;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Reads the channel's deliveries, each lane for itself, uncommitted ones too: what the router decides is on the screen
 * before its transaction commits, and an aborted decision is made again under the same id, or is a notification shown too
 * much.
 */
final class FeedWorker implements SmartLifecycle {
    private final KafkaClients clients;
    private final Topics topics;
    private final FeedStorage storage;
    private final FeedProperties properties;
    private final Clock clock;
    private List<ConcurrentMessageListenerContainer<byte[], byte[]>> lanes = List.of();
    private @Nullable ControlTail controls;

    FeedWorker(KafkaClients clients, Topics topics, FeedStorage storage, FeedProperties properties, Clock clock) {
        this.clients = clients;
        this.topics = topics;
        this.storage = storage;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        ControlTail tail = ControlTail.start(clients, Service.INAPP_WORKER, topics.controls(), clock);
        controls = tail;
        FeedListener listener = storage.listener(tail.cancellations());
        Containers containers = new Containers(clients, Service.INAPP_WORKER);
        lanes = Stream.of(Lane.values())
                .map(lane -> container(containers, lane, listener))
                .toList();
        lanes.forEach(ConcurrentMessageListenerContainer::start);
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> container(
            Containers containers, Lane lane, FeedListener listener) {
        var container = containers.create(
                List.of(topics.deliveries(Channel.INAPP, lane).name()),
                lane == Lane.DIRECT ? "" : lane.code(),
                IsolationLevel.READ_UNCOMMITTED,
                properties.consumers(),
                properties.batchSize());
        container.setupMessageListener(listener);
        return container;
    }

    @Override
    public synchronized void stop() {
        lanes.forEach(ConcurrentMessageListenerContainer::stop);
        lanes = List.of();
        ControlTail tail = controls;
        controls = null;
        if (tail != null) {
            tail.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return controls != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }

    /** Makes the listener of both lanes. */
    @FunctionalInterface
    interface FeedStorage {
        FeedListener listener(Cancellations cancellations);
    }
}
