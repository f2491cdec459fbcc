package dev.carillon.platform.control;

import dev.carillon.platform.kafka.FollowTopic;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.startup.StartupWait;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.control.Control;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Knows all of {@code controls}, as every worker does. */
public final class ControlTail implements AutoCloseable {
    private final Clock clock;
    private final Cancellations cancellations = new Cancellations();
    private final FollowTopic follow;

    private ControlTail(KafkaClients clients, Service service, TopicSpec topic, Clock clock) {
        this.clock = clock;
        this.follow = new FollowTopic(clients, service, "controls", topic, this::take);
    }

    /** Returns once everything is known that was in the topic before: no attempt may be made earlier. */
    public static ControlTail start(KafkaClients clients, Service service, TopicSpec topic, Clock clock) {
        ControlTail tail = new ControlTail(clients, service, topic, clock);
        tail.follow.start();
        try (StartupWait _ = StartupWait.begin()) {
            tail.follow.awaitCaughtUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tail.close();
            throw new IllegalStateException("interrupted while reading " + topic.name(), e);
        }
        return tail;
    }

    public Cancellations cancellations() {
        return cancellations;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        switch (Json.read(record.value(), Control.class)) {
            case Control.Cancel cancel -> cancellations.add(cancel, clock.instant());
            case Control.Erased erased -> cancellations.add(erased, clock.instant());
        }
    }

    @Override
    public void close() {
        follow.stop();
    }
}
