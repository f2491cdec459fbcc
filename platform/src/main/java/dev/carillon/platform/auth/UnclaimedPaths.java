package dev.carillon.platform.auth;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Answers on paths that no service claims: 404 to whoever shows a credential that this service knows, and 401 to
 * everybody else, who is not told which paths exist.
 */
public final class UnclaimedPaths implements AuthenticationEntryPoint {
    private final List<KnownCredential> credentials;
    private final ProblemWriter problems;

    public UnclaimedPaths(List<KnownCredential> credentials, ProblemWriter problems) {
        this.credentials = List.copyOf(credentials);
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        String token = BearerToken.of(request);
        if (token != null && credentials.stream().anyMatch(kind -> kind.admits(token))) {
            problems.write(response, ProblemException.of(HttpStatus.NOT_FOUND, ProblemException.NO_SUCH_PATH));
        } else {
            problems.commence(request, response, e);
        }
    }
}
