package dev.carillon.email.ledger;

import dev.carillon.email.unsubscribe.Stopped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a mail may be handed over now. */
public sealed interface ClaimAnswer {

    /**
     * Yes, by nobody else, until the lease ends.
     *
     * @param leaseEndNanos on the scale of {@link System#nanoTime()}, never later than what the table says
     * @param uncertain whether an earlier hand-over ended unknown, so that this one is the last
     * @param stopped all that its recipient unsubscribed from: of a mail that tells of several notifications it may concern
     *     some
     */
    record Granted(long leaseEndNanos, boolean uncertain, Stopped stopped) implements ClaimAnswer {

        /** Whether at least {@code nanos} of the lease are left. */
        public boolean holdsFor(long nanos) {
            return leaseEndNanos - System.nanoTime() > nanos;
        }
    }

    /** No: somebody else is handing it over, or died doing so, and the lease has not ended. */
    record Busy(@Nullable Instant until) implements ClaimAnswer {}

    /** No: a relay took it. */
    record AlreadySent(@Nullable String detail) implements ClaimAnswer {}

    /** No: two hand-overs ended unknown, and a third could double it. */
    record TwiceUncertain() implements ClaimAnswer {}

    /** No: its address is suppressed. */
    record Suppressed() implements ClaimAnswer {}

    /** No: its recipient unsubscribed from it. */
    record Unsubscribed() implements ClaimAnswer {}
}
