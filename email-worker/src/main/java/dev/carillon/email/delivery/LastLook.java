package dev.carillon.email.delivery;

import dev.carillon.email.ledger.ClaimAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Whether a claimed mail may still be handed over, asked right before that and again before the content. What the claim has
 * asked the database is asked again only where that was a while ago, as it is behind a slow relay: a fast one would be slowed
 * down by it, for mails that go out within milliseconds. Asked by one thread.
 */
final class LastLook {
    /** An unsubscribe that arrived later than this before the hand-over may come too late. */
    static final Duration FRESH = Duration.ofMillis(250);

    private final Lease lease;
    private final BooleanSupplier wanted;
    private final BooleanSupplier stopped;
    private final Clock clock;
    private Instant asked;

    /** A claim, and how long the hand-over may take that must end within it. */
    record Lease(ClaimAnswer.Granted granted, Duration longestSend) {
        boolean holds() {
            return granted.holdsFor(longestSend.toNanos());
        }
    }

    /**
     * @param wanted whether it is neither cancelled nor expired; costs nothing
     * @param stopped whether its recipient or its address stops it; asks the database
     * @param asked when the database was asked that last
     */
    LastLook(Lease lease, BooleanSupplier wanted, BooleanSupplier stopped, Instant asked, Clock clock) {
        this.lease = lease;
        this.wanted = wanted;
        this.stopped = stopped;
        this.clock = clock;
        this.asked = asked;
    }

    boolean mayGo() {
        if (!lease.holds() || !wanted.getAsBoolean()) {
            return false;
        }
        Instant now = clock.instant();
        if (now.isBefore(asked.plus(FRESH))) {
            return true;
        }
        asked = now;
        return !stopped.getAsBoolean();
    }
}
