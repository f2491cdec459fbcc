package dev.carillon.ingest.intake;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The broker's word on all records of one event. */
record Acknowledgement(List<? extends CompletableFuture<?>> records) {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /**
     * Waits until every record is acknowledged.
     *
     * @param deadline of {@link System#nanoTime()}
     * @throws ProblemException 503 where that is not known in time
     */
    void await(long deadline) {
        try {
            for (CompletableFuture<?> record : records) {
                record.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException e) {
            throw unknown(e);
        } catch (TimeoutException e) {
            throw unknown(new BrokerUnavailableException("the time was over before the broker acknowledged", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(e);
        }
    }

    static ProblemException unknown(Throwable cause) {
        return ProblemException.brokerUnavailable(
                "the broker did not acknowledge in time, so it is unknown whether the event is accepted: send it again"
                        + " with the same id, it will notify once",
                RETRY_AFTER,
                cause);
    }
}
