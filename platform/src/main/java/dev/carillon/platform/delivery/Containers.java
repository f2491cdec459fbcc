package dev.carillon.platform.delivery;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Makes listener containers for batches of bytes. A batch whose listener fails is delivered again after a second. */
public final class Containers {
    private static final long REDELIVER_AFTER_MS = 1_000;

    private final KafkaClients clients;
    private final Service service;

    public Containers(KafkaClients clients, Service service) {
        this.clients = clients;
        this.service = service;
    }

    /**
     * A stopped container without a listener yet.
     *
     * @param role names the consumer group within the service; empty for its main one
     */
    public ConcurrentMessageListenerContainer<byte[], byte[]> create(
            List<String> topics, String role, IsolationLevel isolation, int batchSize) {
        Map<String, Object> props = clients.consumerProps(service, role);
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.name().toLowerCase(Locale.ROOT));
        props.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize);
        ContainerProperties properties = new ContainerProperties(topics.toArray(String[]::new));
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setMissingTopicsFatal(false);
        properties.setPollTimeout(Duration.ofMillis(500).toMillis());
        properties.setShutdownTimeout(Duration.ofSeconds(15).toMillis());
        properties.setRestartAfterAuthExceptions(true);
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(new DefaultKafkaConsumerFactory<>(props), properties);
        container.setBeanName(service.code() + (role.isEmpty() ? "" : "-" + role));
        container.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(REDELIVER_AFTER_MS, FixedBackOff.UNLIMITED_ATTEMPTS)));
        return container;
    }
}
