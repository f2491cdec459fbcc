package dev.carillon.ingest.intake;

import dev.carillon.platform.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** The broker's word on all records of one event. */
record Acknowledgement(List<? extends CompletableFuture<?>> records) {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgement.class);
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
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not acknowledged", e);
            throw unknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown();
        }
    }

    static ProblemException unknown() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "broker_unavailable",
                "the broker did not acknowledge in time, so it is unknown whether the event is accepted: send it again"
                        + " with the same id, it will notify once",
                List.of(),
                RETRY_AFTER);
    }
}
