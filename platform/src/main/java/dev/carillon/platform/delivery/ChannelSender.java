package dev.carillon.platform.delivery;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.Delivery;
import java.util.function.BooleanSupplier;

/**
 * Hands deliveries to a provider. The whole of what a channel adds to the worker runtime.
 *
 * <p>Called on virtual threads: at once for different recipients, one after the other for one recipient. A call that
 * takes longer than the worker's limit is interrupted and counts as {@code timeout}. An exception counts as
 * {@code internal_error} and is tried again like any other failure; a provider that says no is an outcome, never an
 * exception.
 */
public interface ChannelSender {
    Channel channel();

    DeliveryOutcome send(Delivery delivery) throws InterruptedException;

    /**
     * The same, for a sender that waits for something before it hands over.
     *
     * @param stillWanted whether the delivery is neither cancelled nor expired, to be asked right before the hand-over
     */
    default DeliveryOutcome send(Delivery delivery, BooleanSupplier stillWanted) throws InterruptedException {
        return send(delivery);
    }

    /**
     * Whether one provider takes everything, so that its failures in a row stop the worker. A sender with several says
     * false: then only it knows which one is down, and postpones what would go there.
     */
    default boolean hasOneProvider() {
        return true;
    }

    /** Whether nothing can be delivered now, as far as a sender with several providers knows: nothing is read then. */
    default boolean isDown() {
        return false;
    }
}
