package dev.carillon.inapp.catalogue;

import dev.carillon.platform.kafka.FollowTopic;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.SmartLifecycle;

/** Keeps {@link KnownTypes} as the topic of types has them: a compacted log whose order is the truth. */
final class FollowTypes implements SmartLifecycle {
    private final KnownTypes types;
    private final FollowTopic follow;

    FollowTypes(KafkaClients clients, TopicSpec topic, KnownTypes types) {
        this.types = types;
        this.follow = new FollowTopic(clients, Service.INAPP_WORKER, "types", topic, this::apply);
    }

    private void apply(ConsumerRecord<byte[], byte[]> change) {
        if (change.value() == null) {
            types.remove(new String(change.key(), StandardCharsets.UTF_8));
        } else {
            types.put(Json.read(change.value(), NotificationType.class));
        }
    }

    @Override
    public void start() {
        follow.start();
    }

    @Override
    public void stop() {
        follow.stop();
    }

    @Override
    public boolean isRunning() {
        return follow.isRunning();
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
