package dev.carillon.ingest.hold;

import dev.carillon.ingest.wording.Sentence;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.explain.OpenHold;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A hold as operators see it.
 *
 * @param together {@code single}, {@code quiet}, {@code batch} or {@code digest}
 * @param until when it is released and decided again
 * @param count notifications in it, of which {@code countedOnly} are only told as "and N more"
 * @param notifications the oldest ones
 */
record HoldJson(
        UUID id,
        Channel channel,
        String together,
        Reason reason,
        String sentence,
        Instant openedAt,
        Instant until,
        int count,
        int countedOnly,
        List<OpenHold.Item> notifications) {

    static HoldJson of(OpenHold hold) {
        return new HoldJson(
                hold.id(),
                hold.channel(),
                hold.together(),
                hold.reason(),
                Sentence.of(OutcomeState.HELD, hold.reason()),
                hold.openedAt(),
                hold.until(),
                hold.count(),
                hold.countedOnly(),
                hold.items());
    }
}
