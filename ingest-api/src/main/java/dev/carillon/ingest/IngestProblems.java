package dev.carillon.ingest;

import dev.carillon.platform.http.Answered;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What our callers are told while the broker or the database is away. */
@RestControllerAdvice("dev.carillon.ingest")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class IngestProblems {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> brokerAway(BrokerUnavailableException e) {
        return unavailable(ProblemException.brokerUnavailable(
                "the change is stored, but not yet in force: the broker did not acknowledge it; it will be published"
                        + " when the broker is back",
                RETRY_AFTER,
                e));
    }

    /** Only what another try may cure; anything else is a mistake of ours, and is answered 500. */
    @ExceptionHandler({
        TransientDataAccessException.class,
        RecoverableDataAccessException.class,
        DataAccessResourceFailureException.class,
        CannotCreateTransactionException.class,
        TransactionSystemException.class,
        TransactionTimedOutException.class
    })
    ResponseEntity<ProblemDetail> databaseAway(RuntimeException e) {
        return unavailable(new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database_unavailable",
                        "the database is not available: try again",
                        List.of(),
                        RETRY_AFTER)
                .because(e));
    }

    private static ResponseEntity<ProblemDetail> unavailable(ProblemException problem) {
        Answered.with(problem);
        return ResponseEntity.status(problem.status())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.toProblemDetail());
    }
}
