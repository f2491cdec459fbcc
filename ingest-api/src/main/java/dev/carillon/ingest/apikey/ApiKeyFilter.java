package dev.carillon.ingest.apikey;

import dev.carillon.platform.auth.BearerToken;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Looks up the bearer token among the keys, and asks the other ways where there is none. A call of a key counts against
 * its rate, allowed or not. Without a valid key the request goes on unauthenticated, and ends at 401.
 */
final class ApiKeyFilter extends OncePerRequestFilter {
    private final KeyRing keys;
    private final List<RequestKey> others;
    private final KeyRate rate;
    private final ProblemWriter problems;

    ApiKeyFilter(KeyRing keys, List<RequestKey> others, KeyRate rate, ProblemWriter problems) {
        this.keys = keys;
        this.others = List.copyOf(others);
        this.rate = rate;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ApiKey key = find(request);
        if (key != null) {
            try {
                rate.take(key, 1);
            } catch (ProblemException tooFast) {
                problems.write(response, tooFast);
                return;
            }
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new ApiKeyAuthentication(key));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private @Nullable ApiKey find(HttpServletRequest request) {
        String token = BearerToken.of(request);
        if (token != null) {
            return keys.find(token);
        }
        return others.stream()
                .map(way -> way.of(request))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
