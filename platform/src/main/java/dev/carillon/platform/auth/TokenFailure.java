package dev.carillon.platform.auth;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Answers 401 to a token that is refused, and 503 where nobody can tell because the issuer's keys cannot be read: that
 * token may be good, and its owner need not sign in again.
 */
final class TokenFailure implements AuthenticationFailureHandler, ObjectPostProcessor<BearerTokenAuthenticationFilter> {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final AuthenticationEntryPoint refusal;
    private final ProblemWriter problems;

    TokenFailure(AuthenticationEntryPoint refusal, ProblemWriter problems) {
        this.refusal = refusal;
        this.problems = problems;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException, ServletException {
        if (e instanceof AuthenticationServiceException) {
            problems.write(response, isTold(e) ? keysAway() : keysAway().because(e));
        } else {
            refusal.commence(request, response, e);
        }
    }

    /** Whoever makes up keys could fill the log; a read that failed has its line already. */
    private static boolean isTold(AuthenticationException e) {
        return e.getCause() instanceof JwtException failed && failed.getCause() instanceof RateLimitReachedException;
    }

    private static ProblemException keysAway() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "service_unavailable",
                "the keys that check tokens cannot be read; send the request again",
                List.of(),
                RETRY_AFTER);
    }

    @Override
    public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler(this);
        return filter;
    }
}
