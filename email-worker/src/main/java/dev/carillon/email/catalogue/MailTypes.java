package dev.carillon.email.catalogue;

import dev.carillon.platform.kafka.FollowTopic;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Tracking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The catalogue in memory. All of it is known before the first delivery is read, unless the broker takes too long. */
public final class MailTypes implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MailTypes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, NotificationType> types = new ConcurrentHashMap<>();
    private final FollowTopic follow;

    public MailTypes(KafkaClients clients, Topics topics) {
        this.follow = new FollowTopic(clients, Service.EMAIL_WORKER, "types", topics.types(), this::apply);
    }

    /** Null where the catalogue has no such type, as far as this process knows. */
    public @Nullable NotificationType find(@Nullable String name) {
        return name == null ? null : types.get(name);
    }

    /** Whether mails of a type go out whatever their recipient chose. */
    public boolean isCritical(@Nullable String name) {
        NotificationType type = find(name);
        return type != null && type.critical();
    }

    /** Whether one of the notifications that a mail tells goes out whatever its recipient chose. */
    public boolean isCritical(Delivery delivery) {
        return About.told(delivery).stream().anyMatch(notification -> isCritical(notification.type()));
    }

    /** What the mails of a type tell about their readers; null is no type. */
    public Tracking tracking(@Nullable String name) {
        NotificationType type = find(name);
        Tracking tracking = type == null ? null : type.tracking();
        return tracking == null ? Tracking.off() : tracking;
    }

    /** What people call a type. */
    public String label(String name) {
        NotificationType type = find(name);
        String label = type == null ? null : type.label();
        return label == null || label.isBlank() ? name : label;
    }

    void apply(ConsumerRecord<byte[], byte[]> change) {
        if (change.value() == null) {
            types.remove(new String(change.key(), StandardCharsets.UTF_8));
        } else {
            NotificationType type = Json.read(change.value(), NotificationType.class);
            types.put(type.name(), type);
        }
    }

    @Override
    public void start() {
        follow.start();
        try {
            if (!follow.awaitCaughtUp(PATIENCE)) {
                LOG.warn(
                        "the types are not all known yet: unsubscriptions may stop mails of critical types until then");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        follow.stop();
    }

    @Override
    public boolean isRunning() {
        return follow.isRunning();
    }

    /** Before the worker that asks. */
    @Override
    public int getPhase() {
        return Phases.WORKERS - 1;
    }
}
