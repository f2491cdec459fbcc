package dev.carillon.router.fanout;

import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;

/**
 * Somebody whom an event is for.
 *
 * @param direct whether she was named herself, not reached through an audience or a broadcast only
 * @param via the audiences without which she would not be told; empty where she was named or everybody is told
 * @param nesting of these, and of what they are nested in, as far as the event does not name them
 */
public record Reached(RecipientId recipient, boolean direct, List<AudienceId> via, List<Nesting> nesting) {
    public Reached {
        via = List.copyOf(via);
        nesting = List.copyOf(nesting);
    }
}
