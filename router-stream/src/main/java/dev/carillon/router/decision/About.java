package dev.carillon.router.decision;

import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a notification is about and how it came to the recipient, as far as she may mute it.
 *
 * @param actor who caused the event
 * @param via the audiences without which she would not be told; empty where she was named herself or everybody is told
 * @param nesting of these, and of what they are nested in, as far as the event does not name them
 */
public record About(
        @Nullable RecipientId actor,
        List<Subject> subjects,
        @Nullable String group,
        @Nullable String thread,
        Set<AudienceId> via,
        List<Nesting> nesting) {

    public About {
        subjects = List.copyOf(subjects);
        via = Set.copyOf(via);
        nesting = List.copyOf(nesting);
    }

    /** The audiences of the event in which {@code audience} is nested; none where the event names it. */
    List<AudienceId> within(AudienceId audience) {
        return nesting.stream()
                .filter(one -> one.audience().equals(audience))
                .findFirst()
                .map(Nesting::within)
                .orElse(List.of());
    }

    /** Of a notification that only a mute of everything concerns. */
    public static About nothing() {
        return new About(null, List.of(), null, null, Set.of(), List.of());
    }
}
