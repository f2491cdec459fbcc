package dev.carillon.platform.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tier in which a delivery waits for its next attempt. A tier holds a record at most its own delay: one whose
 * hint lies further ahead goes round again, without an attempt.
 */
final class RetryPlan {
    private final List<Duration> tiers;

    RetryPlan(List<Duration> tiers) {
        this.tiers = tiers;
    }

    /** Whether another attempt follows after {@code made} of them. */
    boolean allowsAttemptAfter(int made) {
        return made <= tiers.size();
    }

    /** When the attempt after {@code made} is due: after its tier's delay, or at the provider's later hint. */
    Instant nextAttempt(int made, Instant now, @Nullable Instant hint) {
        Instant due = now.plus(tiers.get(made - 1));
        return hint != null && hint.isAfter(due) ? hint : due;
    }

    /** The tier, counted from 1, in which to wait until {@code due}: the longest that does not overshoot it. */
    int tierFor(Instant now, Instant due) {
        Duration wait = Duration.between(now, due);
        int tier = 1;
        while (tier < tiers.size() && tiers.get(tier).compareTo(wait) <= 0) {
            tier++;
        }
        return tier;
    }

    /** When a record that entered {@code tier} at {@code since} is looked at again. */
    Instant lookAgain(int tier, Instant since, @Nullable Instant notBefore) {
        Instant full = since.plus(tiers.get(tier - 1));
        return notBefore != null && notBefore.isBefore(full) ? notBefore : full;
    }
}
