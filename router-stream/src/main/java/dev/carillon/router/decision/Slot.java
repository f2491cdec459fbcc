package dev.carillon.router.decision;

import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.notification.NotificationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
        QUIET("quiet"),
        /** What a type collects of one recipient, told together when the window ends. */
        BATCH("batch"),
        /** What goes with a digest. */
        DIGEST("digest");

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

    /** @param key tells the batches of a type apart */
    static Slot batch(String type, String key) {
        return new Slot(Kind.BATCH, type + '\n' + key);
    }

    static Slot digest(DigestTimes.Next next) {
        return new Slot(Kind.DIGEST, next.kind().name() + next.schedule());
    }

    /** Why its items go out together; null where they do not. */
    public @Nullable DigestKind digestKind() {
        return switch (kind) {
            case SINGLE -> null;
            case QUIET -> mergeKey.startsWith(Gate.MUTED.name()) ? DigestKind.MUTE : DigestKind.QUIET_HOURS;
            case BATCH -> DigestKind.BATCH;
            case DIGEST -> DigestKind.valueOf(mergeKey.split(" ", 2)[0]);
        };
    }
}
