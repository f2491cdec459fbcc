package dev.carillon.push.delivery;

import dev.carillon.push.subscription.Subscription;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a delivery at one device. */
sealed interface DeviceResult {
    Subscription device();

    /** Its push service took the message. */
    record Taken(Subscription device) implements DeviceResult {}

    /** The subscription is no more. */
    record Gone(Subscription device) implements DeviceResult {}

    /** Another try would not help. */
    record Refused(Subscription device, Reason reason, String detail) implements DeviceResult {}

    /**
     * Worth another try.
     *
     * @param notBefore what its push service asked for, or until when its origin is backed off
     */
    record Later(
            Subscription device,
            Reason reason,
            String detail,
            @Nullable Instant notBefore) implements DeviceResult {}
}
