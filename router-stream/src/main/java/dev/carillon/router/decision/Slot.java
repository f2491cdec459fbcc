package dev.carillon.router.decision;

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

    static Slot single(Candidate candidate) {
        return new Slot(Kind.SINGLE, candidate.notification().toString());
    }

    static Slot quiet(Gate gate) {
        return new Slot(Kind.QUIET, gate.name());
    }
}
