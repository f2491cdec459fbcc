package dev.carillon.email.ledger;

import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Comparator;
import java.util.UUID;

/**
 * The wish to hand a mail over.
 *
 * @param attempt counted from 1
 */
public record Claim(RecipientId recipient, UUID delivery, int attempt) {

    /** The order in which rows are locked, the same in every worker, so that none waits for another in a circle. */
    static final Comparator<Claim> LOCK_ORDER =
            Comparator.comparing((Claim claim) -> claim.recipient().value()).thenComparing(Claim::delivery);

    public Claim {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts are counted from 1");
        }
    }

    /** The next attempt of a delivery. */
    public static Claim of(Delivery delivery) {
        return new Claim(
                delivery.recipient(), delivery.id().value(), delivery.attempts().made() + 1);
    }

    /** Whether both are about the same mail. */
    boolean concernsSame(Claim other) {
        return delivery.equals(other.delivery) && recipient.equals(other.recipient);
    }
}
