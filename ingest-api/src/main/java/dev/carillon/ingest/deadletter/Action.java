package dev.carillon.ingest.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.ingest.document.Vocabulary;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did with one letter or with many.
 *
 * @param by name of the key that did it
 * @param stoppedBy name of the key that ended it early; null where nobody did
 * @param letter null where many were meant
 * @param filter which ones, where many were meant
 * @param reason why they were discarded, in the operator's words
 * @param lastLetter later letters are not meant
 * @param perSecond at most so many are replayed in a second; 0 where nothing is paced
 * @param done how many were replayed or discarded so far
 * @param obsolete how many were not replayed, because they had expired, were cancelled or their recipients gone
 */
record Action(
        long id,
        Kind kind,
        State state,
        UUID keyId,
        String by,
        Instant at,
        @Nullable Instant endedAt,
        @Nullable String stoppedBy,
        @Nullable Long letter,
        LetterFilter filter,
        @Nullable String reason,
        long lastLetter,
        @JsonInclude(Include.NON_DEFAULT) int perSecond,
        long done,
        long obsolete) {

    /** What can be done. */
    enum Kind {
        REPLAY,
        DISCARD;

        @JsonValue
        String code() {
            return Vocabulary.name(this);
        }
    }

    /** How far it is. */
    enum State {
        RUNNING,
        DONE,
        STOPPED;

        @JsonValue
        String code() {
            return Vocabulary.name(this);
        }
    }
}
