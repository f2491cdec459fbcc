package dev.carillon.platform.auth;

import dev.carillon.platform.http.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.DefaultSecurityFilterChain;

/** Lets in whoever shows an operator's credential, on the paths that a service names, and nobody else. */
public final class OperatorSecurity {
    private static final String WANTED = "an operator's token is required here: an API key with the scope operate where"
            + " the service knows keys, or what carillon.operator.token says";

    private final List<OperatorCredential> credentials;
    private final ProblemWriter problems;

    public OperatorSecurity(List<OperatorCredential> credentials, ProblemWriter problems) {
        this.credentials = List.copyOf(credentials);
        this.problems = problems;
    }

    /** Sets up {@code http}, already matched to the service's paths for operators. */
    public DefaultSecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((caller, asked) -> new AuthorizationDecision(admits(asked.getRequest()))))
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .exceptionHandling(errors -> errors.authenticationEntryPoint(problems.wanting(WANTED))
                        .accessDeniedHandler(problems))
                .build();
    }

    private boolean admits(HttpServletRequest request) {
        String token = BearerToken.of(request);
        return token != null && credentials.stream().anyMatch(kind -> kind.admits(token));
    }
}
