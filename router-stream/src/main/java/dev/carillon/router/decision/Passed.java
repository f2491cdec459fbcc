package dev.carillon.router.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * How far a notification has come on one channel.
 *
 * @param gates what it has waited for already
 * @param limit it waits no longer than this, whatever comes
 */
public record Passed(Set<Gate> gates, Instant limit) {
    /**
     * The longest wait, counted from the first decision or from the scheduled time, whichever is later: a month until the
     * next digest, and a week for what comes before and after it.
     */
    public static final Duration LONGEST_WAIT = Duration.ofDays(38);

    public Passed {
        gates = Set.copyOf(gates);
    }

    /** Of a notification that has not been decided yet. */
    public static Passed nothing(Candidate candidate, Instant now) {
        Instant scheduled = candidate.deliverAt();
        Instant from = scheduled != null && scheduled.isAfter(now) ? scheduled : now;
        return new Passed(Set.of(), from.plus(LONGEST_WAIT));
    }

    public Passed and(Gate gate) {
        Set<Gate> more = EnumSet.of(gate);
        more.addAll(gates);
        return new Passed(more, limit);
    }

    boolean has(Gate gate) {
        return gates.contains(gate);
    }

    boolean mayHoldFor(Gate gate) {
        return gate.repeats() || !gates.contains(gate);
    }
}
