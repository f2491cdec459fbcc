package dev.carillon.ingest.deadletter;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.ingest.document.Vocabulary;

/** How a dead letter stands. */
enum LetterState {
    /** Nobody has done anything about it. */
    OPEN,
    /** It is being put back, or was by a process that did not live to say so: known within a minute. */
    REPLAYING,
    /** The broker has it again. Should it fail again, that is another letter. */
    REPLAYED,
    /** An operator gave it up. */
    DISCARDED,
    /** It was to be replayed, but it expired, was cancelled, or its recipient is gone. */
    OBSOLETE;

    @JsonValue
    String code() {
        return Vocabulary.name(this);
    }
}
