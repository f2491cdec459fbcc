package dev.carillon.router.decision;

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
 */
public record About(
        @Nullable RecipientId actor,
        List<Subject> subjects,
        @Nullable String group,
        @Nullable String thread,
        Set<AudienceId> via) {

    public About {
        subjects = List.copyOf(subjects);
        via = Set.copyOf(via);
    }

    /** Of a notification that only a mute of everything concerns. */
    public static About nothing() {
        return new About(null, List.of(), null, null, Set.of());
    }
}
