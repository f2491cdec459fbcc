package dev.carillon.ingest.apikey;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Tells a caller which scope its key lacks. */
final class ScopeProblems implements AccessDeniedHandler {
    private final ProblemWriter problems;

    ScopeProblems(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        Scope scope = ApiKeyPaths.scopeOf(request.getRequestURI());
        problems.write(
                response,
                ProblemException.of(
                        HttpStatus.FORBIDDEN, "wrong_scope", "this needs a key with the scope " + scope.code()));
    }
}
