package dev.carillon.ingest.hold;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.schemas.event.HoldChange;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did with a hold.
 *
 * @param by name of the key that did it
 * @param reason why it was cancelled, in the operator's words
 * @param notifications how many it concerned
 */
record HoldAction(
        long id,
        HoldChange change,
        State state,
        UUID keyId,
        String by,
        Instant at,
        String recipient,
        UUID hold,
        @Nullable String reason,
        int notifications) {

    /** What the router said to it. */
    enum State {
        /** Nothing yet: it may have been done or not. */
        UNANSWERED,
        DONE,
        /** There was no such hold any more. */
        UNKNOWN,
        FAILED;

        @JsonValue
        String code() {
            return Vocabulary.name(this);
        }
    }
}
