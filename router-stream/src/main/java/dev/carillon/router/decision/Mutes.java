package dev.carillon.router.decision;

import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a recipient's mutes bear on a notification. */
final class Mutes {
    private Mutes() {}

    /**
     * Muted now.
     *
     * @param until the latest end of what mutes it; null where one of the mutes has none
     */
    record Muted(@Nullable Instant until) {
        /** By both: until the later end. */
        Muted and(@Nullable Muted other) {
            return other == null || endsBefore(other, this) ? this : other;
        }
    }

    /** What {@code preferences} mute of {@code about} at {@code now}; null for nothing. */
    static @Nullable Muted of(Preferences preferences, About about, Instant now) {
        Instant until = preferences.mutedUntil();
        Muted muted = until != null && until.isAfter(now) ? new Muted(until) : null;
        for (Mute mute : preferences.mutes()) {
            if (isActive(mute, now) && mute.kind() != Mute.Kind.AUDIENCE && concerns(mute, about)) {
                muted = new Muted(mute.until()).and(muted);
            }
        }
        // Only where every audience through which she is told is muted.
        Muted audiences = preferences.mutes().isEmpty()
                ? null
                : new MutedAudiences(preferences.mutes(), about, now).every(about.via());
        return audiences == null ? muted : audiences.and(muted);
    }

    static boolean endsBefore(Muted one, Muted other) {
        Instant end = one.until();
        return end != null && (other.until() == null || end.isBefore(other.until()));
    }

    static boolean isActive(Mute mute, Instant now) {
        Instant until = mute.until();
        return until == null || until.isAfter(now);
    }

    private static boolean concerns(Mute mute, About about) {
        String id = mute.id();
        RecipientId actor = about.actor();
        return switch (mute.kind()) {
            case AUDIENCE ->
                about.via().stream().anyMatch(audience -> audience.value().equals(id));
            case PERSON -> actor != null && actor.value().equals(id);
            case SUBJECT ->
                about.subjects().stream()
                        .anyMatch(subject -> subject.type().equals(mute.type())
                                && subject.id().equals(id));
            case GROUP -> id != null && id.equals(about.group());
            case THREAD -> id != null && id.equals(about.thread());
            case EVERYTHING -> true;
        };
    }
}
