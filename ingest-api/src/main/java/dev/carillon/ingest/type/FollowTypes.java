package dev.carillon.ingest.type;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the types' topic, from its beginning and then as it grows, so that each replica knows what the others changed.
 * What the database has is known before the first caller is served. Whoever changes a type puts it into {@link KnownTypes} itself and need not wait for this.
 */
final class FollowTypes implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FollowTypes.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final TopicPartition partition;
    private final KnownTypes types;
    private final TypeTable table;
    private @Nullable Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean running;

    FollowTypes(KafkaClients clients, Topics topics, KnownTypes types, TypeTable table) {
        this.clients = clients;
        this.partition = new TopicPartition(topics.types().name(), 0);
        this.types = types;
        this.table = table;
    }

    @Override
    public void start() {
        table.all().forEach(row -> types.put(row.type()));
        running = true;
        thread = Thread.ofPlatform().name("ingest-types").daemon().start(this::follow);
    }

    private void follow() {
        while (running) {
            try (Consumer<byte[], byte[]> started =
                    new KafkaConsumer<>(clients.consumerProps(Service.INGEST_API, "types"))) {
                consumer = started;
                started.assign(List.of(partition));
                started.seekToBeginning(List.of(partition));
                while (running) {
                    started.poll(POLL).forEach(this::apply);
                }
            } catch (WakeupException e) {
                LOG.debug("stopping", e);
            } catch (RuntimeException e) {
                LOG.warn("reading {} begins anew: {}", partition.topic(), e.toString());
                pause();
            }
        }
    }

    /** A record that is no type changes nothing, and must not keep the ones behind it from being read. */
    void apply(ConsumerRecord<byte[], byte[]> change) {
        try {
            String name = new String(change.key(), StandardCharsets.UTF_8);
            if (change.value() == null) {
                types.remove(name, version(change));
            } else {
                types.put(Json.read(change.value(), NotificationType.class));
            }
        } catch (RuntimeException e) {
            LOG.error("{} holds no valid type at offset {}, ignored: {}", partition, change.offset(), e.toString());
        }
    }

    private static long version(ConsumerRecord<byte[], byte[]> tombstone) {
        Header header = tombstone.headers().lastHeader(Topics.VERSION_HEADER);
        return header == null ? 0 : Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void stop() {
        running = false;
        Consumer<byte[], byte[]> following = consumer;
        if (following != null) {
            following.wakeup();
        }
        Thread stopping = thread;
        if (stopping != null) {
            try {
                stopping.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
