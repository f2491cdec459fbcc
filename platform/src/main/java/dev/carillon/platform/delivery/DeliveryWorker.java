package dev.carillon.platform.delivery;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Runs a channel: reads its deliveries and its retry tiers (committed records only) and has its {@link ChannelSender}
 * attempt each. An accepted delivery may be attempted again after a crash between the hand-off and the commit of its
 * offset; senders that must not repeat themselves keep a ledger.
 */
public final class DeliveryWorker implements SmartLifecycle {
    private static final long TICK_MS = 100;

    private final Service service;
    private final ChannelSender sender;
    private final WorkerSettings settings;
    private final KafkaClients clients;
    private final Topics topics;
    private final Clock clock;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private volatile @Nullable Running running;

    public DeliveryWorker(
            Service service,
            ChannelSender sender,
            WorkerSettings settings,
            KafkaClients clients,
            Topics topics,
            Clock clock) {
        this.service = service;
        this.sender = sender;
        this.settings = settings;
        this.clients = clients;
        this.topics = topics;
        this.clock = clock;
    }

    /** What exists while the worker runs. */
    private record Running(
            List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers,
            RecordSender records,
            ExecutorService threads,
            ScheduledExecutorService ticker) {}

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        RecordSender records = new RecordSender(clients.producer(service, "sender"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        DeliveryBatch batch = batch(records, threads);
        List<Resting> resting = new ArrayList<>();
        List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers =
                List.of(deliveries(batch, resting), retries(batch, resting));
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(service.code() + "-ticker").factory());
        var _ = ticker.scheduleWithFixedDelay(() -> tick(containers, resting), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        containers.forEach(ConcurrentMessageListenerContainer::start);
        running = new Running(containers, records, threads, ticker);
    }

    private DeliveryBatch batch(RecordSender records, ExecutorService threads) {
        return new DeliveryBatch(
                new DeliveryDecoder(sender.channel()),
                new Attempt(sender, threads, settings.maxInFlight(), settings.sendLimit()),
                new Settlement(topics, sender.channel(), clock),
                breaker,
                records,
                topics.outcomes(),
                clock,
                threads);
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> deliveries(DeliveryBatch batch, List<Resting> resting) {
        String topic = topics.deliveries(sender.channel()).name();
        return container(List.of(topic), "", settings.consumers(), batch, record -> null, resting);
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> retries(DeliveryBatch batch, List<Resting> resting) {
        Map<String, Integer> tiers = new LinkedHashMap<>();
        for (int tier = 1; tier <= topics.settings().retryTiers().size(); tier++) {
            tiers.put(topics.retries(sender.channel(), tier).name(), tier);
        }
        RetryPlan plan = new RetryPlan(topics.settings().retryTiers());
        return container(
                List.copyOf(tiers.keySet()),
                "retry",
                1,
                batch,
                record -> lookAgain(plan, tiers.getOrDefault(record.topic(), 1), record),
                resting);
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> container(
            List<String> topicNames,
            String role,
            int consumers,
            DeliveryBatch batch,
            DeliveryListener.DueTime dueTime,
            List<Resting> resting) {
        ConcurrentMessageListenerContainer<byte[], byte[]> container = new Containers(clients, service)
                .create(topicNames, role, IsolationLevel.READ_COMMITTED, consumers, settings.batchSize());
        Resting own = new Resting(container);
        resting.add(own);
        container.setupMessageListener(new DeliveryListener(batch, dueTime, own, clock));
        return container;
    }

    private void tick(List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers, List<Resting> resting) {
        Instant now = clock.instant();
        resting.forEach(partitions -> partitions.wake(now));
        boolean open = breaker.isOpen();
        for (ConcurrentMessageListenerContainer<byte[], byte[]> container : containers) {
            if (open && !container.isPauseRequested()) {
                container.pause();
            } else if (!open && container.isPauseRequested()) {
                container.resume();
            }
        }
    }

    /** A record that cannot be read is due at once: it goes to the dead letters. */
    private static @Nullable Instant lookAgain(RetryPlan plan, int tier, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            Attempts attempts = Json.read(record.value(), Delivery.class).attempts();
            return attempts.waitingSince() == null
                    ? attempts.notBefore()
                    : plan.lookAgain(tier, attempts.waitingSince(), attempts.notBefore());
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    @Override
    public synchronized void stop() {
        Running now = running;
        if (now == null) {
            return;
        }
        now.ticker().shutdownNow();
        now.containers().forEach(ConcurrentMessageListenerContainer::stop);
        now.threads().shutdownNow();
        now.records().close();
        running = null;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
