package dev.carillon.ingest.intake;

import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Receipts as callers see them, the entries of {@code results}. */
sealed interface ReceiptJson {

    static ReceiptJson of(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted(EventUid uid, String id, String source) ->
                new Acceptance(HttpStatus.ACCEPTED.value(), uid, id, source);
            case Receipt.Refused(ProblemException problem) ->
                new Refusal(
                        problem.toProblemDetail().getType(),
                        problem.status().getReasonPhrase(),
                        problem.status().value(),
                        problem.getMessage(),
                        problem.code(),
                        problem.errors().isEmpty() ? null : problem.errors());
        };
    }

    record Acceptance(int status, EventUid uid, String id, String source) implements ReceiptJson {}

    /** A problem (RFC 9457), with the members that a whole answer would have. */
    record Refusal(
            @Nullable URI type,
            String title,
            int status,
            @Nullable String detail,
            String code,
            @Nullable List<FieldError> errors)
            implements ReceiptJson {}

    /** The answer to an array. */
    record Results(List<ReceiptJson> results) {}
}
