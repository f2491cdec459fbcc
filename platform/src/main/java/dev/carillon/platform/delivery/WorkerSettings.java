package dev.carillon.platform.delivery;

import java.time.Duration;

/**
 * How a channel's worker works.
 *
 * @param consumers threads that poll, at most as many as partitions
 * @param maxInFlight attempts at the same time, over all consumers
 * @param batchSize records per poll
 * @param sendLimit after which an attempt is interrupted and goes to its retry tier
 */
public record WorkerSettings(int consumers, int maxInFlight, int batchSize, Duration sendLimit) {

    public WorkerSettings {
        if (consumers < 1 || maxInFlight < 1 || batchSize < 1 || !sendLimit.isPositive()) {
            throw new IllegalArgumentException("consumers, maxInFlight, batchSize and sendLimit must be positive");
        }
    }

    /** One consumer, 200 in flight, 500 per poll, 10 s per attempt. */
    public static WorkerSettings defaults() {
        return new WorkerSettings(1, 200, 500, Duration.ofSeconds(10));
    }
}
