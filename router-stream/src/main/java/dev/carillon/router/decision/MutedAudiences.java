package dev.carillon.router.decision;

import dev.carillon.router.decision.Mutes.Muted;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Mute;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audiences of an event that a recipient does not hear: muted by name, or reached through nothing else. */
final class MutedAudiences {
    private final List<Mute> mutes;
    private final About about;
    private final Map<AudienceId, @Nullable Muted> known = new HashMap<>();

    MutedAudiences(List<Mute> mutes, About about, Instant now) {
        this.mutes = mutes.stream()
                .filter(mute -> mute.kind() == Mute.Kind.AUDIENCE && Mutes.isActive(mute, now))
                .toList();
        this.about = about;
    }

    /** Until when all of {@code audiences} are muted: until the first is not. Null where one is not, or there is none. */
    @Nullable Muted every(Collection<AudienceId> audiences) {
        if (mutes.isEmpty()) {
            return null;
        }
        Muted all = null;
        for (AudienceId audience : audiences) {
            Muted one = find(audience);
            if (one == null) {
                return null;
            }
            all = all == null || Mutes.endsBefore(one, all) ? one : all;
        }
        return all;
    }

    private @Nullable Muted find(AudienceId audience) {
        if (!known.containsKey(audience)) {
            known.put(audience, null); // whatever is nested in itself is not muted for that
            Muted muted = every(about.within(audience));
            for (Mute mute : mutes) {
                if (audience.value().equals(mute.id())) {
                    muted = new Muted(mute.until()).and(muted);
                }
            }
            known.put(audience, muted);
        }
        return known.get(audience);
    }
}
