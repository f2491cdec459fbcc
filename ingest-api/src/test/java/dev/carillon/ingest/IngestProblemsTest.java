package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.method.annotation.ExceptionHandlerMethodResolver;

class IngestProblemsTest {
    private final ExceptionHandlerMethodResolver handlers = new ExceptionHandlerMethodResolver(IngestProblems.class);

    @Test
    void saysTryAgainOnlyWhereThatMayHelp() {
        assertThat(handlers.resolveMethod(new CannotAcquireLockException("deadlock")))
                .isNotNull();
        assertThat(handlers.resolveMethod(new CannotGetJdbcConnectionException("away", new SQLException())))
                .isNotNull();
        assertThat(handlers.resolveMethod(new CannotCreateTransactionException("away")))
                .isNotNull();
        assertThat(handlers.resolveMethod(new DataIntegrityViolationException("unsupported Unicode escape sequence")))
                .isNull();
    }
}
