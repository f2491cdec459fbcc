package dev.carillon.ingest.privacy;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of everything that is kept of a recipient.
 *
 * @param number orders them
 * @param recipient null once she is erased
 * @param pseudonym what an erasure puts in the place of her id; null for an export
 * @param addresses of hers and of nobody else; none once she is erased
 * @param by name of the key that wanted it
 * @param round of an erasure: 1, then 2
 * @param roundAt what was accepted up to then is erased in this round
 * @param askedAt when services were told last; null before the first time
 */
record PrivacyRequest(
        long number,
        UUID id,
        Kind kind,
        State state,
        @Nullable RecipientId recipient,
        @Nullable String pseudonym,
        List<String> addresses,
        String by,
        Instant at,
        int round,
        Instant roundAt,
        @Nullable Instant askedAt,
        @Nullable Instant endedAt) {
    /** Of an erasure: the second meets what was under way during the first. */
    static final int ROUNDS = 2;

    PrivacyRequest {
        addresses = List.copyOf(addresses);
    }

    /** Of one that is running. */
    RecipientId whom() {
        RecipientId whom = recipient;
        if (whom == null) {
            throw new IllegalStateException("request " + id + " has ended");
        }
        return whom;
    }

    /** What is wanted. */
    enum Kind {
        EXPORT,
        ERASE;

        @JsonValue
        String code() {
            return Vocabulary.name(this);
        }
    }

    /** How far it is. */
    enum State {
        /** Some service has not answered. */
        RUNNING,
        DONE,
        /** An export; the recipient, or somebody whom its document names, was erased meanwhile. */
        OVERTAKEN;

        @JsonValue
        String code() {
            return Vocabulary.name(this);
        }
    }
}
