package dev.carillon.schemas.event;

import dev.carillon.schemas.recipient.AudienceId;
import java.util.List;

/**
 * How an event reaches an audience that it does not name.
 *
 * @param within the audiences of the event in which {@code audience} is nested directly
 */
public record Nesting(AudienceId audience, List<AudienceId> within) {
    public Nesting {
        within = within == null ? List.of() : List.copyOf(within);
    }
}
