package dev.carillon.platform.delivery;

import java.time.Duration;

/**
 * How a channel's worker works.
 *
 * @param consumers threads that poll each lane, at most as many as partitions
 * @param maxInFlight attempts at the same time, over all consumers
 * @param bulkInFlight how many of them may be bulk ones, so that direct ones always find room
 * @param batchSize records per poll
 * @param sendLimit after which an attempt is interrupted and goes to its retry tier
 */
public record WorkerSettings(int consumers, int maxInFlight, int bulkInFlight, int batchSize, Duration sendLimit) {
    /** The limit of every worker of ours, which a stop may have to wait for. */
    public static final Duration SEND_LIMIT = Duration.ofSeconds(10);

    public WorkerSettings {
        if (bulkInFlight < 1 || bulkInFlight > maxInFlight) {
            throw new IllegalArgumentException("bulkInFlight must be 1 to maxInFlight: " + bulkInFlight);
        }
        if (consumers < 1 || maxInFlight < 1 || batchSize < 1 || !sendLimit.isPositive()) {
            throw new IllegalArgumentException("consumers, maxInFlight, batchSize and sendLimit must be positive");
        }
    }

    /** One consumer per lane, 200 in flight and half of that in bulk, 500 per poll, 10 s per attempt. */
    public static WorkerSettings defaults() {
        return new WorkerSettings(1, 200, 100, 500, SEND_LIMIT);
    }
}
