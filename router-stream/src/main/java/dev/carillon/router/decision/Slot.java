package dev.carillon.router.decision;

import dev.carillon.schemas.notification.NotificationId;
import java.time.Instant;

/**
 * Where held items of one channel wait together.
 *
 * @param kind how they are released
 * @param mergeKey tells the slots of one kind apart
 */
public record Slot(Kind kind, String mergeKey) {

    /** The {@link #code()} is part of stored keys and never changes. */
    public enum Kind {
        /** One notification on its own. */
        SINGLE("single"),
        /** Everything that a quiet window or a mute held back, merged when it ends. */
        QUIET("quiet");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** Where {@code notification} waits alone. */
    public static Slot single(NotificationId notification) {
        return new Slot(Kind.SINGLE, notification.toString());
    }

    static Slot single(Candidate candidate) {
        return single(candidate.notification());
    }

    /** What is muted until the same time is told together then. */
    static Slot muted(Instant until) {
        return new Slot(Kind.QUIET, Gate.MUTED.name() + " " + until.toEpochMilli());
    }

    static Slot quiet(Gate gate) {
        return new Slot(Kind.QUIET, gate.name());
    }
}
