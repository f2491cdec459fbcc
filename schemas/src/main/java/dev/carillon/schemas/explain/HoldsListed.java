package dev.carillon.schemas.explain;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;

/**
 * What waits for a recipient.
 *
 * @param holds ordered by the time at which they are released
 */
public record HoldsListed(String request, int partition, RecipientId recipient, List<OpenHold> holds)
        implements Answer {
    public HoldsListed {
        holds = holds == null ? List.of() : List.copyOf(holds);
    }

    @Override
    public HoldsListed shortened(String why) {
        return new HoldsListed(
                request,
                partition,
                recipient,
                holds.stream().map(OpenHold::withoutItems).toList());
    }
}
