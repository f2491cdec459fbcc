package dev.carillon.guarantees.promise;

import java.util.EnumSet;
import java.util.Set;

/** Something that a reader sets and takes back: what it must be by her calls, of which some were not answered. */
final class ReaderFlag {

    /** What it was set to. */
    private enum Value {
        ON,
        OFF
    }

    private final Set<Value> unanswered = EnumSet.noneOf(Value.class);
    private final Set<Value> last = EnumSet.noneOf(Value.class);

    void set(boolean on, boolean answered) {
        Value value = on ? Value.ON : Value.OFF;
        if (answered) {
            last.clear();
            last.add(value);
        } else {
            unanswered.add(value);
        }
    }

    /** Whether a call about it was answered. */
    boolean isSet() {
        return !last.isEmpty();
    }

    /** An unanswered call for the opposite may take effect after the last one. */
    boolean contradicts(boolean seen) {
        Value value = seen ? Value.ON : Value.OFF;
        return isSet() && !last.contains(value) && !unanswered.contains(value);
    }

    /** Whether it must be on. */
    boolean isOn() {
        return last.contains(Value.ON) && !unanswered.contains(Value.OFF);
    }
}
