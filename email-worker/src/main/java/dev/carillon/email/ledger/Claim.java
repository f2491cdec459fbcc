package dev.carillon.email.ledger;

import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The wish to hand a mail over.
 *
 * @param attempt counted from 1
 * @param about what may stop it
 */
public record Claim(RecipientId recipient, UUID delivery, int attempt, About about) {

    /**
     * What a mail is sent to and about: where one of these is stopped, it is not handed over.
     *
     * @param address as suppressions remember it
     * @param type null or empty where it has none
     * @param category likewise
     * @param critical goes out whatever the recipient unsubscribed from, but not to a suppressed address
     */
    public record About(
            String address, @Nullable String type, @Nullable String category, boolean critical) {}

    /** The order in which rows are locked, the same in every worker, so that none waits for another in a circle. */
    static final Comparator<Claim> LOCK_ORDER =
            Comparator.comparing((Claim claim) -> claim.recipient().value()).thenComparing(Claim::delivery);

    public Claim {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts are counted from 1");
        }
    }

    /** The next attempt of a delivery. */
    public static Claim of(Delivery delivery, About about) {
        return new Claim(
                delivery.recipient(), delivery.id().value(), delivery.attempts().made() + 1, about);
    }

    /** Whether both are about the same mail. */
    boolean concernsSame(Claim other) {
        return delivery.equals(other.delivery) && recipient.equals(other.recipient);
    }
}
