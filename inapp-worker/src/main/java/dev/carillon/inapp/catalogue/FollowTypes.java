package dev.carillon.inapp.catalogue;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads the topic of types, from its beginning and then as it grows: a compacted log whose order is the truth. */
final class FollowTypes implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(FollowTypes.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final TopicPartition partition;
    private final KnownTypes types;
    private @Nullable Thread thread;
    private CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    FollowTypes(KafkaClients clients, TopicSpec topic, KnownTypes types) {
        this.clients = clients;
        this.partition = new TopicPartition(topic.name(), 0);
        this.types = types;
    }

    @Override
    public synchronized void start() {
        stop = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("inapp-types").daemon().start(this::follow);
    }

    private void follow() {
        while (stop.getCount() > 0) {
            try (Consumer<byte[], byte[]> current = new KafkaConsumer<>(settings())) {
                consumer = current;
                current.assign(List.of(partition));
                current.seekToBeginning(List.of(partition));
                while (stop.getCount() > 0) {
                    current.poll(POLL).forEach(this::apply);
                }
            } catch (WakeupException e) {
                LOG.debug("the types are followed no more", e);
            } catch (RuntimeException e) {
                LOG.warn("{} is read from its beginning again: {}", partition.topic(), e.toString());
                pause();
            }
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = clients.consumerProps(Service.INAPP_WORKER, "types");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        return settings;
    }

    /** A record that is no type changes nothing, and must not keep the ones behind it from being read. */
    void apply(ConsumerRecord<byte[], byte[]> change) {
        if (change.key() == null) {
            return;
        }
        if (change.value() == null) {
            types.remove(new String(change.key(), StandardCharsets.UTF_8));
            return;
        }
        try {
            types.put(Json.read(change.value(), NotificationType.class));
        } catch (MalformedRecordException e) {
            LOG.error("{} holds no type at offset {}: {}", partition, change.offset(), e.getMessage());
        }
    }

    private void pause() {
        try {
            var _ = stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    @Override
    public synchronized void stop() {
        stop.countDown();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
