package dev.carillon.platform.cors;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.ProblemWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Answers browsers that ask for a page of another origin (the Fetch standard, "HTTP CORS protocol"). */
public final class CrossOriginCalls {
    /** Beyond what every request may carry: the token, JSON, and where a stream resumes. */
    private static final List<String> SENT =
            List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, "Last-Event-ID", HttpHeaders.IF_MATCH);

    private static final List<String> SHOWN =
            List.of(HttpHeaders.RETRY_AFTER, HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.WWW_AUTHENTICATE);

    private final CorsSettings settings;
    private final ProblemWriter problems;

    public CrossOriginCalls(CorsSettings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Lets pages of the named origins call the paths of {@code http}; where none is named, nothing is said about it. */
    public HttpSecurity allow(HttpSecurity http) {
        if (settings.origins().isEmpty()) {
            return http;
        }
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", configuration());
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new Refusing(problems));
        return http.addFilter(filter);
    }

    private CorsConfiguration configuration() {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOriginPatterns(settings.patterns());
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(SENT);
        allowed.setExposedHeaders(SHOWN);
        allowed.setAllowCredentials(true);
        allowed.setMaxAge(Duration.ofHours(1));
        return allowed;
    }

    /** Refuses with the same kind of answer as everything else. */
    private static final class Refusing extends DefaultCorsProcessor {
        private final ProblemWriter problems;

        Refusing(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            if (response instanceof ServletServerHttpResponse servlet) {
                problems.write(
                        servlet.getServletResponse(),
                        ProblemException.of(
                                HttpStatus.FORBIDDEN,
                                "origin_not_allowed",
                                "pages of this origin, or calls of this kind from them, are not allowed here"
                                        + " (carillon.cors.origins)"));
            }
        }
    }
}
