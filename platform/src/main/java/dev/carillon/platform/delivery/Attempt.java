package dev.carillon.platform.delivery;

import dev.carillon.platform.delivery.CircuitBreaker.Sign;
import dev.carillon.platform.delivery.DeliveryOutcome.Accepted;
import dev.carillon.platform.delivery.DeliveryOutcome.AddressGone;
import dev.carillon.platform.delivery.DeliveryOutcome.Fewer;
import dev.carillon.platform.delivery.DeliveryOutcome.Postponed;
import dev.carillon.platform.delivery.DeliveryOutcome.Rejected;
import dev.carillon.platform.delivery.DeliveryOutcome.RetryLater;
import dev.carillon.platform.delivery.DeliveryOutcome.Skipped;
import dev.carillon.platform.logging.LogIds;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a sender: bounded in time, bounded in number over the whole worker, and none while the provider is down. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final ChannelSender sender;
    private final ExecutorService threads;
    private final Room room;
    private final Lane lane;
    private final Duration limit;
    private final CircuitBreaker breaker;

    Attempt(
            ChannelSender sender,
            ExecutorService threads,
            Duration limit,
            Room room,
            Lane lane,
            CircuitBreaker breaker) {
        this.sender = sender;
        this.threads = threads;
        this.limit = limit;
        this.room = room;
        this.lane = lane;
        this.breaker = breaker;
    }

    /**
     * Ends with an outcome, unless the worker itself is interrupted.
     *
     * @param stillWanted asked when room was found and the provider is there, either of which may take long
     * @return null where it was not wanted any more, and nothing was done
     */
    @Nullable DeliveryOutcome make(Delivery delivery, BooleanSupplier stillWanted) throws InterruptedException {
        room.enter(lane);
        try {
            breaker.admit();
            if (stillWanted.getAsBoolean()) {
                return observed(delivery, stillWanted);
            }
            breaker.observe(Sign.NONE);
            return null;
        } finally {
            room.leave(lane);
        }
    }

    private DeliveryOutcome observed(Delivery delivery, BooleanSupplier stillWanted) throws InterruptedException {
        Sign sign = Sign.NONE;
        try {
            DeliveryOutcome outcome = await(threads.submit(() -> send(delivery, stillWanted)), delivery);
            sign = sender.hasOneProvider() ? sign(outcome) : Sign.NONE;
            return outcome;
        } finally {
            breaker.observe(sign);
        }
    }

    private DeliveryOutcome send(Delivery delivery, BooleanSupplier stillWanted) throws Exception {
        try (var _ = new LogIds(delivery.notification())) {
            return sender.send(delivery, stillWanted);
        }
    }

    private static Sign sign(DeliveryOutcome outcome) {
        return switch (outcome) {
            case Accepted _, Rejected _, AddressGone _ -> Sign.ALIVE;
            case Skipped _, Postponed _, Fewer _ -> Sign.NONE;
            case RetryLater later -> sign(later.reason());
        };
    }

    private static Sign sign(Reason reason) {
        return switch (reason) {
            case TIMEOUT, CONNECTION_FAILED, AUTHENTICATION_FAILED -> Sign.DOWN;
            case PROVIDER_ERROR, PROVIDER_BUSY, RATE_LIMITED, REJECTED, ADDRESS_INVALID -> Sign.ALIVE;
            default -> Sign.NONE;
        };
    }

    private DeliveryOutcome await(Future<DeliveryOutcome> result, Delivery delivery) throws InterruptedException {
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            return new RetryLater(Reason.TIMEOUT, "no answer within " + limit);
        } catch (ExecutionException e) {
            try (var _ = new LogIds(delivery.notification())) {
                LOG.error("delivery {} failed unexpectedly", delivery.id(), e.getCause());
            }
            return new RetryLater(Reason.INTERNAL_ERROR, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        }
    }
}
