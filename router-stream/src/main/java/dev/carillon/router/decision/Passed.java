package dev.carillon.router.decision;

import dev.carillon.schemas.notification.LongestWaits;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * How far a notification has come on one channel.
 *
 * @param gates what it has waited for already
 * @param limit it waits no longer than this, whatever comes
 * @param released an operator wants it to wait for nothing any more
 */
public record Passed(Set<Gate> gates, Instant limit, boolean released) {
    /** What waits longer is not sent. */
    public static final Duration LONGEST_WAIT = LongestWaits.HELD;

    public Passed {
        gates = Set.copyOf(gates);
    }

    public Passed(Set<Gate> gates, Instant limit) {
        this(gates, limit, false);
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
        return new Passed(more, limit, released);
    }

    /** The same, waiting for nothing any more: whatever refuses it still does. */
    public Passed releasing() {
        return new Passed(gates, limit, true);
    }

    boolean has(Gate gate) {
        return gates.contains(gate);
    }

    boolean mayHoldFor(Gate gate) {
        return !released && (gate.repeats() || !gates.contains(gate));
    }
}
