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

    public EmailWorkerSettings {
        if (consumers < 1 || batchSize < 1) {
            throw new IllegalArgumentException("carillon.email.worker.consumers and batch-size must be at least 1");
        }
    }

    /**
     * As many in flight as there are sessions: the others wait before their attempt begins, however slow the relay is.
     * Waiting for a session inside of it would use up its time, and then its attempts.
     */
    WorkerSettings forSessions(int sessions) {
        return new WorkerSettings(consumers, sessions, batchSize, ATTEMPT_LIMIT);
    }
}
