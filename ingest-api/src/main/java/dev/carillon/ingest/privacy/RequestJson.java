package dev.carillon.ingest.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.ingest.privacy.PrivacyRequest.Kind;
import dev.carillon.ingest.privacy.PrivacyRequest.State;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as operators see it.
 *
 * @param document where the result of an export is fetched; null before it is done
 * @param remaining where Kafka may still have something of somebody who was erased, and until when
 */
record RequestJson(
        UUID id,
        Kind kind,
        State state,
        @Nullable RecipientId recipient,
        @Nullable String pseudonym,
        String by,
        Instant at,
        @Nullable Instant endedAt,
        @JsonInclude(Include.NON_EMPTY) List<Progress> services,
        @Nullable String document,
        @JsonInclude(Include.NON_EMPTY) List<Remaining> remaining) {

    /** Without the services, as in lists. */
    static RequestJson of(PrivacyRequest request) {
        return new RequestJson(
                request.id(),
                request.kind(),
                request.state(),
                request.recipient(),
                request.pseudonym(),
                request.by(),
                request.at(),
                request.endedAt(),
                List.of(),
                null,
                List.of());
    }

    RequestJson with(List<Progress> progress, Topics topics) {
        boolean exported = kind == Kind.EXPORT && state == State.DONE;
        return new RequestJson(
                id,
                kind,
                state,
                recipient,
                pseudonym,
                by,
                at,
                endedAt,
                progress,
                exported ? PrivacyController.REQUESTS + "/" + id + "/document" : null,
                kind == Kind.ERASE ? Remaining.after(Objects.requireNonNullElse(endedAt, at), topics) : List.of());
    }
}
