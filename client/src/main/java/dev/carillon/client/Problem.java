package dev.carillon.client;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Why something was refused (RFC 9457).
 *
 * @param status of HTTP
 * @param code stable, such as {@code invalid_fields} or {@code rate_limited}
 * @param detail for people
 * @param violations the fields to blame; empty where none is
 */
public record Problem(int status, String code, String detail, List<FieldViolation> violations) {
    public Problem {
        violations = List.copyOf(violations);
    }

    /** What an answer says; a proxy's own answer has no code. */
    static Problem of(int status, JsonNode body) {
        List<FieldViolation> violations = body.path("errors")
                .valueStream()
                .map(error -> new FieldViolation(
                        error.path("field").asString(""),
                        error.path("rule").asString(""),
                        error.path("message").asString("")))
                .toList();
        return new Problem(
                status,
                body.path("code").asString("unknown"),
                body.path("detail").asString("the answer was " + status),
                violations);
    }

    /** Whether it may be gone when the same is sent again. */
    boolean isPassing() {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    @Override
    public String toString() {
        String fields = violations.stream()
                .map(violation -> "; " + violation.field() + " " + violation.message())
                .collect(Collectors.joining());
        return status + " " + code + ": " + detail + (violations.size() > 1 ? fields : "");
    }
}
