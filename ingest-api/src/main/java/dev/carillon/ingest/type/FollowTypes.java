package dev.carillon.ingest.type;

import dev.carillon.platform.kafka.FollowTopic;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the types' topic, from its beginning and then as it grows, so that each replica knows what the others changed.
 * What the database has is known before the first caller is served. Whoever changes a type puts it into
 * {@link KnownTypes} itself and need not wait for this.
 */
final class FollowTypes implements SmartLifecycle {
    private final KnownTypes types;
    private final TypeTable table;
    private final FollowTopic follow;

    FollowTypes(KafkaClients clients, Topics topics, KnownTypes types, TypeTable table) {
        this.types = types;
        this.table = table;
        this.follow = new FollowTopic(clients, Service.INGEST_API, "types", topics.types(), this::apply);
    }

    @Override
    public void start() {
        table.all().forEach(row -> types.put(row.type()));
        follow.start();
    }

    private void apply(ConsumerRecord<byte[], byte[]> change) {
        if (change.value() == null) {
            types.remove(new String(change.key(), StandardCharsets.UTF_8), version(change));
        } else {
            types.put(Json.read(change.value(), NotificationType.class));
        }
    }

    private static long version(ConsumerRecord<byte[], byte[]> tombstone) {
        Header header = tombstone.headers().lastHeader(Topics.VERSION_HEADER);
        return header == null ? 0 : Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
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
