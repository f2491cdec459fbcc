package dev.carillon.ingest.apikey;

import dev.carillon.platform.auth.BearerToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Looks up the bearer token among the keys. Without a valid one the request goes on unauthenticated, and ends at 401. */
final class ApiKeyFilter extends OncePerRequestFilter {
    private final KeyRing keys;

    ApiKeyFilter(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = BearerToken.of(request);
        ApiKey key = token == null ? null : keys.find(token);
        if (key != null) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new ApiKeyAuthentication(key));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
