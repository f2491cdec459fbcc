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

    /**
     * Counted from an attempt's beginning, below its limit, so that the relay's answer is heard: what takes longer would be
     * interrupted with its end unknown.
     */
    static final Duration HAND_OVER_ENDS = Duration.ofMillis(9_700);

    private static final int IN_FLIGHT_PER_SESSION = 32;
    /** A direct mail waits for a session behind as many bulk ones at most. */
    private static final int BULK_IN_FLIGHT_PER_SESSION = 8;

    private static final int MOST_IN_FLIGHT = 512;

    public EmailWorkerSettings {
        if (consumers < 1 || batchSize < 1) {
            throw new IllegalArgumentException("carillon.email.worker.consumers and batch-size must be at least 1");
        }
    }

    /** Enough in flight that every session has a next mail while others are composed, claimed and settled. */
    WorkerSettings forSessions(int sessions) {
        int inFlight = Math.min(MOST_IN_FLIGHT, IN_FLIGHT_PER_SESSION * sessions);
        int bulk = Math.min(inFlight, BULK_IN_FLIGHT_PER_SESSION * sessions);
        return new WorkerSettings(consumers, inFlight, bulk, batchSize, WorkerSettings.SEND_LIMIT);
    }
}
