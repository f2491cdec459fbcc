package dev.carillon.platform.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request that is answered with a problem (RFC 9457). Its texts reach the caller: no secrets in them. */
public final class ProblemException extends RuntimeException {
    /** What everybody is told of a path that nobody answers. */
    public static final String NO_SUCH_PATH = "there is no such path";

    private final HttpStatus status;
    private final String code;
    private final String detail;
    private final List<FieldError> errors;
    private final @Nullable Duration retryAfter;
    /** Not the cause: Spring would let a handler of that exception answer in place of this problem. */
    private @Nullable Throwable reason;

    /**
     * Everything a problem can say.
     *
     * @param code stable, in lower case with underscores; part of the problem's {@code type}
     * @param retryAfter becomes the header of that name, in whole seconds
     */
    public ProblemException(
            HttpStatus status, String code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A problem whose code is the status' own, as {@code not_found}. */
    public static ProblemException of(HttpStatus status, String detail) {
        return new ProblemException(status, codeOf(status), detail, List.of(), null);
    }

    public static ProblemException of(HttpStatus status, String code, String detail) {
        return new ProblemException(status, code, detail, List.of(), null);
    }

    /**
     * 503 with the code {@code broker_unavailable}: the broker's word is missing.
     *
     * @param detail what is known then, and what the caller can do
     */
    public static ProblemException brokerUnavailable(String detail, Duration retryAfter, Throwable cause) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "broker_unavailable", detail, List.of(), retryAfter)
                .because(cause);
    }

    /** 422: the request is understood, and these fields break their rules. */
    public static ProblemException invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().field() + ": " + errors.getFirst().message()
                : errors.size() + " fields are invalid";
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "invalid_fields", detail, errors, null);
    }

    /** 422 for a single field. */
    public static ProblemException invalid(String field, String rule, String message) {
        return invalid(List.of(new FieldError(field, rule, message)));
    }

    /**
     * The same of a part of the request.
     *
     * @param path where the part stands, as {@code events[3]}; empty for the request itself
     */
    public ProblemException below(String path) {
        if (path.isEmpty() || errors.isEmpty()) {
            return this;
        }
        List<FieldError> moved = errors.stream()
                .map(error -> new FieldError(path + "." + error.field(), error.rule(), error.message()))
                .toList();
        return new ProblemException(status, code, detail, moved, retryAfter);
    }

    /** 400 for a parameter of the URL, or a header. */
    public static ProblemException parameter(String name, String rule, String message) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid_parameter",
                name + ": " + message,
                List.of(new FieldError(name, rule, message)),
                null);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The same for this reason, of which its caller is told nothing: the log says it where the request is answered. */
    public ProblemException because(Throwable failure) {
        reason = failure;
        return this;
    }

    /** Whether the log has more to say than the caller is told. */
    public boolean hasReason() {
        return reason != null;
    }

    /** For the log: the reason, where there is one, and what the caller is told. */
    public String why() {
        Throwable failure = reason;
        if (failure == null) {
            return detail;
        }
        String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return said + " (" + detail + ")";
    }

    /** The body of the answer. */
    public ProblemDetail toProblemDetail() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:carillon:problem:" + code));
        problem.setTitle(status.getReasonPhrase());
        problem.setProperty("code", code);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    static String codeOf(HttpStatus status) {
        return status.getReasonPhrase().toLowerCase(java.util.Locale.ROOT).replace(' ', '_');
    }
}
