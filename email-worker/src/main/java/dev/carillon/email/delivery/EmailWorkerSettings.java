package dev.carillon.email.delivery;

import dev.carillon.platform.delivery.WorkerSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the worker takes deliveries.
 *
 * @param consumers threads that poll the channel's topic, at most as many as it has partitions
 * @param batchSize records per poll
 */
@Validated
@ConfigurationProperties("carillon.email.worker")
public record EmailWorkerSettings(
        @DefaultValue("1") int consumers,
        @DefaultValue("500") int batchSize) {

    /** The runtime's limit of an attempt; the relay's own lies below it, so that its answer is heard. */
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(10);

    private static final int PER_SESSION = 4;
    private static final int LEAST_IN_FLIGHT = 16;

    public EmailWorkerSettings {
        if (consumers < 1 || batchSize < 1) {
            throw new IllegalArgumentException("carillon.email.worker.consumers and batch-size must be at least 1");
        }
    }

    /** Enough in flight that composing, claiming and settling some keeps every session busy with another. */
    WorkerSettings forSessions(int sessions) {
        return new WorkerSettings(
                consumers, Math.max(LEAST_IN_FLIGHT, PER_SESSION * sessions), batchSize, ATTEMPT_LIMIT);
    }
}
