package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.NotificationId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A notification as far as a decision needs it, with what its type says resolved.
 *
 * @param shownAt when it went to the feed; null where it has not, as far as this decision knows
 * @param deliverAt not before, by her own clock where the event says so
 * @param type name of the type, also of one that the catalogue does not know
 * @param channels where the type goes unless the recipient says otherwise
 * @param critical the type bypasses preferences, mutes and quiet hours
 * @param ownAction the recipient caused the event, was reached through an audience or a broadcast only, and nobody asked
 *     to tell her all the same
 * @param cancelled the event's author has taken it back, from everybody or from her
 * @param about what she may have muted
 * @param unmet the channels whose condition does not let it through, each with why
 * @param pacing how its type collects and how much goes out
 */
public record Candidate(
        NotificationId notification,
        @Nullable Instant shownAt,
        @Nullable Instant deliverAt,
        @Nullable Instant expiresAt,
        @Nullable String type,
        @Nullable String category,
        Priority priority,
        Set<Channel> channels,
        boolean critical,
        boolean ownAction,
        boolean cancelled,
        About about,
        Map<Channel, Unmet> unmet,
        Pacing pacing) {

    public Candidate {
        channels = Set.copyOf(channels);
        unmet = Map.copyOf(unmet);
    }

    /** One that is not cancelled, that no mute of something particular concerns, of a type without policies. */
    public Candidate(
            NotificationId notification,
            @Nullable Instant shownAt,
            @Nullable Instant deliverAt,
            @Nullable Instant expiresAt,
            @Nullable String type,
            @Nullable String category,
            Priority priority,
            Set<Channel> channels,
            boolean critical,
            boolean ownAction) {
        this(
                notification,
                shownAt,
                deliverAt,
                expiresAt,
                type,
                category,
                priority,
                channels,
                critical,
                ownAction,
                false,
                About.nothing(),
                Map.of(),
                Pacing.none());
    }

    public Candidate about(About other) {
        return new Candidate(
                notification,
                shownAt,
                deliverAt,
                expiresAt,
                type,
                category,
                priority,
                channels,
                critical,
                ownAction,
                cancelled,
                other,
                unmet,
                pacing);
    }

    public Candidate unmet(Map<Channel, Unmet> other) {
        return new Candidate(
                notification,
                shownAt,
                deliverAt,
                expiresAt,
                type,
                category,
                priority,
                channels,
                critical,
                ownAction,
                cancelled,
                about,
                other,
                pacing);
    }

    public Candidate pacing(Pacing other) {
        return new Candidate(
                notification,
                shownAt,
                deliverAt,
                expiresAt,
                type,
                category,
                priority,
                channels,
                critical,
                ownAction,
                cancelled,
                about,
                unmet,
                other);
    }
}
