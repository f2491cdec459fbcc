package dev.carillon.platform.http;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Answers every failed request with a problem; the one place where exceptions become HTTP. */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException e) {
        Answered.with(e);
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(e.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (e.retryAfter() != null) {
            answer.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, e.retryAfter().toSeconds())));
        }
        return answer.body(e.toProblemDetail());
    }

    /** The database or the broker is away: whether the change is made is unknown, and every call may be repeated. */
    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class,
        BrokerUnavailableException.class
    })
    ResponseEntity<ProblemDetail> unavailable(RuntimeException e) {
        ProblemException away = new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "service_unavailable",
                "a part of the system is away; send the request again",
                List.of(),
                Duration.ofSeconds(1));
        return problem(away.because(e));
    }

    /** @return null where nobody is there any more to be answered, as where a browser leaves while it is sent a file */
    @ExceptionHandler
    @Nullable ResponseEntity<ProblemDetail> unexpected(Exception e) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("a caller has left before it was answered: {}", e.getMessage());
            return null;
        }
        LOG.error("a request failed unexpectedly", e);
        return problem(ProblemException.of(HttpStatus.INTERNAL_SERVER_ERROR, "the request failed; it is logged here"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemException.of(HttpStatus.BAD_REQUEST, "malformed_json", describe(e))
                .toProblemDetail();
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        boolean ours = body instanceof ProblemDetail problem && problem.getProperties() != null;
        Object answer = ours ? body : FrameworkProblems.of(e, status).toProblemDetail();
        return super.handleExceptionInternal(e, answer, headers, status, request);
    }

    private static String describe(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof JacksonException json) {
            TokenStreamLocation at = json.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return json.getOriginalMessage() + where;
        }
        return "a JSON body is required";
    }
}
