package dev.carillon.platform.delivery;

import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a sender, bounded in time, and bounded in number over the whole worker. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final ChannelSender sender;
    private final ExecutorService threads;
    private final Semaphore inFlight;
    private final Duration limit;

    Attempt(ChannelSender sender, ExecutorService threads, int maxInFlight, Duration limit) {
        this.sender = sender;
        this.threads = threads;
        this.inFlight = new Semaphore(maxInFlight);
        this.limit = limit;
    }

    /** Always ends with an outcome, unless the worker itself is interrupted. */
    DeliveryOutcome make(Delivery delivery) throws InterruptedException {
        inFlight.acquire();
        try {
            Future<DeliveryOutcome> result = threads.submit(() -> sender.send(delivery));
            return await(result, delivery);
        } finally {
            inFlight.release();
        }
    }

    private DeliveryOutcome await(Future<DeliveryOutcome> result, Delivery delivery) throws InterruptedException {
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            return new RetryLater(Reason.TIMEOUT, "no answer within " + limit);
        } catch (ExecutionException e) {
            LOG.error("delivery {} failed unexpectedly", delivery.id(), e.getCause());
            return new RetryLater(Reason.INTERNAL_ERROR, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }
}
