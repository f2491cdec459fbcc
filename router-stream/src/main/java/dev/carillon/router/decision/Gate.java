package dev.carillon.router.decision;

import java.util.EnumSet;
import java.util.Set;

/**
 * A reason to wait. A held item carries the gates that it has passed; a later decision holds it only for a gate it has
 * not passed, or for one that {@linkplain #repeats() may close again} with a later end.
 */
public enum Gate {
    /** Her mails and pushes wait until a time that she chose. */
    MUTED(0, true),
    /** The event asked for a time of delivery. */
    SCHEDULED(1, false),
    /** A quiet window of the recipient is open. */
    QUIET_HOURS(2, true),
    /** More of its type is collected. */
    BATCH(3, false),
    /** It goes with a digest. */
    DIGEST(4, false),
    /** The recipient got as much as a cap allows; it goes with her next digest. */
    CAPPED(5, false),
    /** The turn of its channel has not come: another is tried first. */
    STEP(8, false),
    /** Another channel may get through, and then it is not needed. */
    FALLBACK(9, false);

    private final int bit;
    private final boolean repeats;

    Gate(int bit, boolean repeats) {
        this.bit = bit;
        this.repeats = repeats;
    }

    /** Whether it may hold the same item again, always with a strictly later end. */
    public boolean repeats() {
        return repeats;
    }

    /** The stored form of a set of gates; bits are never reused. */
    public static int bits(Set<Gate> gates) {
        int bits = 0;
        for (Gate gate : gates) {
            bits |= 1 << gate.bit;
        }
        return bits;
    }

    /** Reads {@link #bits}; bits of gates that no longer exist are dropped. */
    public static Set<Gate> of(int bits) {
        Set<Gate> gates = EnumSet.noneOf(Gate.class);
        for (Gate gate : values()) {
            if ((bits & 1 << gate.bit) != 0) {
                gates.add(gate);
            }
        }
        return gates;
    }
}
