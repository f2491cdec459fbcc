package dev.carillon.platform.delivery;

import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.delivery.Settlement.Settled;
import dev.carillon.schemas.delivery.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is done with one delivery: nothing where it is too late, too early or cancelled, else an attempt. */
final class Handling {
    /**
     * For how long one recipient's deliveries are attempted without a pause. The others then go to their first tier
     * unattempted: one slow address must not hold back the offsets of everybody in its partition.
     */
    static final Duration CHAIN_LIMIT = Duration.ofSeconds(30);

    private final Attempt attempt;
    private final Settlement settlement;
    private final Cancellations cancellations;
    private final Clock clock;

    Handling(Attempt attempt, Settlement settlement, Cancellations cancellations, Clock clock) {
        this.attempt = attempt;
        this.settlement = settlement;
        this.cancellations = cancellations;
        this.clock = clock;
    }

    /** @param chainNanos for how long deliveries of the same recipient have been handled just before */
    Settled handle(Received received, long chainNanos) throws InterruptedException {
        Delivery delivery = received.delivery();
        Instant now = clock.instant();
        if (isPast(delivery.notification().expiresAt(), now)) {
            return settlement.expired(received);
        }
        Instant notBefore = delivery.attempts().notBefore();
        boolean early = notBefore != null && notBefore.isAfter(now);
        if (early || chainNanos > CHAIN_LIMIT.toNanos()) {
            return settlement.waitOn(received);
        }
        Delivery rest = cancellations.rest(delivery);
        return rest == null ? settlement.cancelled(received) : settlement.after(received, attempt.make(rest));
    }

    private static boolean isPast(@Nullable Instant expiry, Instant now) {
        return expiry != null && !expiry.isAfter(now);
    }
}
