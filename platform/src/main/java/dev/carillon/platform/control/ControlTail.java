package dev.carillon.platform.control;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.startup.StartupWait;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.control.Control;
import java.time.Clock;
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

/**
 * Reads all of {@code controls}, as every worker does: from its beginning and without a group. A failure ends nothing, it
 * begins anew; what was known stays known.
 */
public final class ControlTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final Service service;
    private final TopicPartition controls;
    private final Clock clock;
    private final Cancellations cancellations = new Cancellations();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    private ControlTail(KafkaClients clients, Service service, TopicSpec topic, Clock clock) {
        this.clients = clients;
        this.service = service;
        this.controls = new TopicPartition(topic.name(), 0);
        this.clock = clock;
        this.thread =
                Thread.ofPlatform().daemon().name(service.code() + "-controls").unstarted(this::run);
    }

    /** Returns once everything is known that was in the topic before: no attempt may be made earlier. */
    public static ControlTail start(KafkaClients clients, Service service, TopicSpec topic, Clock clock) {
        ControlTail tail = new ControlTail(clients, service, topic, clock);
        tail.thread.start();
        try (StartupWait _ = StartupWait.begin()) {
            tail.caughtUp.await();
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

    private void run() {
        while (stop.getCount() > 0) {
            try (Consumer<byte[], byte[]> opened = new KafkaConsumer<>(settings())) {
                consumer = opened;
                opened.assign(List.of(controls));
                opened.seekToBeginning(List.of(controls));
                follow(opened);
            } catch (WakeupException e) {
                LOG.debug("asked to stop");
            } catch (RuntimeException e) {
                LOG.warn("{} cannot be read and is tried again: {}", controls.topic(), e.toString());
                pause();
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> from) {
        long end = from.endOffsets(List.of(controls)).getOrDefault(controls, 0L);
        while (stop.getCount() > 0) {
            if (caughtUp.getCount() > 0 && from.position(controls) >= end) {
                caughtUp.countDown();
            }
            for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
                take(record);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            switch (Json.read(record.value(), Control.class)) {
                case Control.Cancel cancel -> cancellations.add(cancel, clock.instant());
            }
        } catch (MalformedRecordException e) {
            LOG.warn("{} offset {} says nothing that is known here: {}", controls, record.offset(), e.getMessage());
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> props = clients.consumerProps(service, "controls");
        props.remove(ConsumerConfig.GROUP_ID_CONFIG);
        props.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        return props;
    }

    private void pause() {
        try {
            var _ = stop.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            var _ = thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
