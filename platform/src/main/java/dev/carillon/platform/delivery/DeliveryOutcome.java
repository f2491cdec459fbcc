package dev.carillon.platform.delivery;

import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one attempt. */
public sealed interface DeliveryOutcome {

    /** The provider took it. {@code detail} is its own word, for the ledger. */
    record Accepted(@Nullable String detail) implements DeliveryOutcome {}

    /**
     * It may work later.
     *
     * @param notBefore the provider's hint; null leaves it to the retry tiers
     * @param done parts that need no further attempt
     */
    record RetryLater(
            Reason reason, String detail, @Nullable Instant notBefore, List<String> done) implements DeliveryOutcome {
        public RetryLater {
            done = List.copyOf(done);
        }

        public RetryLater(Reason reason, String detail) {
            this(reason, detail, null, List.of());
        }
    }

    /**
     * It did not come to an attempt, because what one needs was not free in time. It waits, and no attempt is counted.
     *
     * @param notBefore when it may be free; null leaves it to the first tier
     */
    record Postponed(String detail, @Nullable Instant notBefore) implements DeliveryOutcome {
        public Postponed(String detail) {
            this(detail, null);
        }
    }

    /**
     * It did not come to an attempt, because some items of a merged delivery are not wanted any more. They end as skipped;
     * {@code rest} waits for the next attempt, and none is counted.
     */
    record Fewer(Delivery rest, Reason reason) implements DeliveryOutcome {}

    /** It will never work; it goes to the dead letters. */
    record Rejected(Reason reason, String detail) implements DeliveryOutcome {}

    /** The address exists no more. Nothing to replay: it ends as skipped. */
    record AddressGone(Reason reason, String detail) implements DeliveryOutcome {}

    /** There was nobody to send it to, or no channel to send it on. */
    record Skipped(Reason reason) implements DeliveryOutcome {}
}
