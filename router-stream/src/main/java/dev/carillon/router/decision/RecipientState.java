package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.Preferences;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * A recipient as far as a decision needs her.
 *
 * @param zone her own, or the installation's
 * @param hasEmail whether an address is known
 * @param reachable what workers reported of a channel; absent where nothing was
 * @param reads what she has read
 * @param jitter how releases at the end of quiet hours and of digests are spread
 * @param pace what she got and what is collected for her
 */
public record RecipientState(
        Preferences preferences,
        ZoneId zone,
        boolean hasEmail,
        Map<Channel, Boolean> reachable,
        Reads reads,
        Jitter jitter,
        Pace pace) {

    public RecipientState {
        reachable = Map.copyOf(reachable);
    }

    /** Of somebody who got nothing yet and for whom nothing is collected. */
    public RecipientState(
            Preferences preferences,
            ZoneId zone,
            boolean hasEmail,
            Map<Channel, Boolean> reachable,
            Reads reads,
            Jitter jitter) {
        this(preferences, zone, hasEmail, reachable, reads, jitter, Pace.IDLE);
    }

    /** What a recipient has read. */
    @FunctionalInterface
    public interface Reads {
        boolean contains(Candidate candidate);
    }

    /**
     * Spreads what many recipients would get in the same instant.
     *
     * @param seed the recipient's own number, not negative; the same for all that waits for her, so it stays together
     * @param most the largest delay, zero for none
     */
    public record Jitter(int seed, Duration most) {
        public Jitter {
            if (seed < 0 || most.isNegative()) {
                throw new IllegalArgumentException("jitter must not be negative: " + seed + ", " + most);
            }
        }

        /** A delay below {@code bound} and {@link #most}. */
        Duration below(Duration bound) {
            long millis = Math.min(most.toMillis(), bound.toMillis());
            return millis <= 0 ? Duration.ZERO : Duration.ofMillis(seed % millis);
        }
    }
}
