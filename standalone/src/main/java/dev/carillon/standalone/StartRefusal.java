package dev.carillon.standalone;

import dev.carillon.embedded.StartRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Keeps Spring Boot from printing a stack trace for what one sentence tells; found through {@code spring.factories}. */
final class StartRefusal extends AbstractFailureAnalyzer<StartRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartRefusedException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
