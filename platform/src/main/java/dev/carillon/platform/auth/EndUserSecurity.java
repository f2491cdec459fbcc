package dev.carillon.platform.auth;

import dev.carillon.platform.cors.CrossOriginCalls;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.ReservedIds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;

/** Lets in end users with a valid token, on the paths that a service names, and nobody else. */
public final class EndUserSecurity {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    /** Nothing of another origin is loaded, run or framed; pictures may stand in the files themselves. */
    private static final String PAGES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String WANTED = "a valid end user's token (a JWT) is required here, not an API key";

    private final JwtDecoder decoder;
    private final CrossOriginCalls elsewhere;
    private final ProblemWriter problems;

    /**
     * Prepares the check.
     *
     * @throws IllegalStateException where the settings name neither a secret nor published keys
     */
    public EndUserSecurity(AuthSettings settings, CrossOriginCalls elsewhere, Clock clock, ProblemWriter problems) {
        this.decoder = decoder(settings, clock);
        this.elsewhere = elsewhere;
        this.problems = problems;
    }

    /** Checks the bearer token by itself, for callers that cannot send it in the header. */
    public JwtDecoder decoder() {
        return decoder;
    }

    /** Whether {@code bearerToken} is a valid end user's token. */
    boolean admits(String bearerToken) {
        try {
            decoder.decode(bearerToken);
            return true;
        } catch (JwtException e) {
            return false;
        }
    }

    /** Sets up {@code http}, already matched to the service's end-user paths, so that it needs a valid token. */
    public DefaultSecurityFilterChain chain(HttpSecurity http) throws Exception {
        AuthenticationEntryPoint refusal = problems.wanting(WANTED);
        TokenFailure failure = new TokenFailure(refusal, problems);
        return stateless(http)
                .exceptionHandling(errors -> errors.authenticationEntryPoint(refusal))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder))
                        .authenticationEntryPoint(refusal)
                        .accessDeniedHandler(problems)
                        .withObjectPostProcessor(failure))
                .build();
    }

    /** Sets up {@code http}, already matched to pages that hold no secret: what they show they ask for with a credential. */
    public DefaultSecurityFilterChain pages(HttpSecurity http) throws Exception {
        return stateless(http)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGES)))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /**
     * No session, no form, no CSRF token (nothing is authenticated by a cookie that other sites could use); pages elsewhere
     * call it as the settings say.
     */
    public HttpSecurity stateless(HttpSecurity http) throws Exception {
        return elsewhere
                .allow(http)
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .anonymous(anonymous -> anonymous.disable())
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems));
    }

    private static JwtDecoder decoder(AuthSettings settings, Clock clock) {
        NimbusJwtDecoder decoder;
        if (settings.jwtSecret() != null) {
            SecretKey key = new SecretKeySpec(settings.jwtSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            decoder = NimbusJwtDecoder.withSecretKey(key)
                    .macAlgorithm(MacAlgorithm.HS256)
                    .build();
        } else if (settings.jwksUri() != null) {
            decoder = NimbusJwtDecoder.withJwkSource(new IssuerKeys(settings.jwksUri(), clock))
                    .jwsAlgorithm(SignatureAlgorithm.RS256)
                    .jwsAlgorithm(SignatureAlgorithm.ES256)
                    .build();
        } else {
            throw new IllegalStateException(
                    "set carillon.auth.jwt-secret or carillon.auth.jwks-uri, so that end users' tokens can be checked");
        }
        decoder.setJwtValidator(validators(settings, clock));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> validators(AuthSettings settings, Clock clock) {
        JwtTimestampValidator time = new JwtTimestampValidator(CLOCK_SKEW);
        time.setClock(clock);
        OAuth2TokenValidator<Jwt> audience =
                jwt -> jwt.getAudience() != null && jwt.getAudience().contains(settings.audience())
                        ? OAuth2TokenValidatorResult.success()
                        : refused("aud must contain " + settings.audience());
        OAuth2TokenValidator<Jwt> subject = jwt -> jwt.getSubject() != null
                        && RecipientId.isValid(jwt.getSubject())
                        && !jwt.getSubject().equals(LiveRecipients.CONNECTED.value())
                        && !ReservedIds.isReserved(jwt.getSubject())
                ? OAuth2TokenValidatorResult.success()
                : refused("sub " + RecipientId.RULE + ", and " + ReservedIds.RULE);
        OAuth2TokenValidator<Jwt> expiry =
                jwt -> jwt.getExpiresAt() != null ? OAuth2TokenValidatorResult.success() : refused("exp is required");
        return settings.issuer() == null
                ? new DelegatingOAuth2TokenValidator<>(List.of(time, expiry, audience, subject))
                : new DelegatingOAuth2TokenValidator<>(
                        List.of(time, expiry, audience, subject, new JwtIssuerValidator(settings.issuer())));
    }

    private static OAuth2TokenValidatorResult refused(String why) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", why, null));
    }
}
