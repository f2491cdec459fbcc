package dev.carillon.router.topology;

import dev.carillon.router.hold.Holds;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Says what became of what was taken out of the holds. */
final class Removals {
    private Removals() {}

    /** @param outcome of each item; what was only counted with them has nothing left that it could go out with */
    static void tell(
            Outbox outbox,
            RecipientId recipient,
            Holds.Removal removal,
            Function<Channel, ChannelOutcome> outcome,
            Instant now) {
        for (Holds.CountedOut one : removal.counted()) {
            var refused = Outcomes.suppressed(one.channel(), Reason.HOLD_LIMIT);
            outbox.outcome(Outcomes.of(one.counted().event(), recipient, now, List.of(refused)));
        }
        for (Holds.Removed removed : removal.items()) {
            outbox.outcome(
                    Outcomes.of(removed.item().event(), recipient, now, List.of(outcome.apply(removed.channel()))));
        }
    }
}
