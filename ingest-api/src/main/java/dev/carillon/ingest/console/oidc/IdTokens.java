package dev.carillon.ingest.console.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Checks ID tokens as OpenID Connect Core 1.0, section 3.1.3.7, says. */
final class IdTokens {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private final String clientId;
    private final IssuerHttp http;
    private final Clock clock;

    IdTokens(String clientId, IssuerHttp http, Clock clock) {
        this.clientId = clientId;
        this.http = http;
        this.clock = clock;
    }

    /** The keys of an issuer, which are read when a token names one that is not known. */
    record Keys(NimbusJwtDecoder decoder) {
        /** The token's claims, where all of it holds. */
        Jwt check(String token, String nonce) throws IssuerFault {
            try {
                Jwt jwt = decoder.decode(token);
                if (!nonce.equals(jwt.getClaimAsString("nonce"))) {
                    throw IssuerFault.notBelieved("its nonce is not the one of this sign-in");
                }
                return jwt;
            } catch (BadJwtException e) {
                throw IssuerFault.notBelieved(String.valueOf(e.getMessage()));
            } catch (JwtException e) {
                String why = "the issuer's keys cannot be read: " + e.getMessage();
                throw isUnreadable(e) ? IssuerFault.notBelieved(why) : IssuerFault.away(why, e);
            }
        }

        private static boolean isUnreadable(Throwable thrown) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof ParseException) {
                    return true;
                }
            }
            return false;
        }
    }

    Keys keys(Metadata metadata) throws IssuerFault {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(source(metadata.keys()))
                .jwsAlgorithms(allowed -> {
                    allowed.clear();
                    allowed.addAll(
                            List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256));
                })
                .jwtProcessorCustomizer(processor -> processor.setJWTClaimsSetVerifier((claims, _) -> times(claims)))
                .build();
        decoder.setJwtValidator(validator(metadata.issuer()));
        return new Keys(decoder);
    }

    private JWKSource<SecurityContext> source(URI keys) throws IssuerFault {
        try {
            return JWKSourceBuilder.<SecurityContext>create(keys.toURL(), this::read)
                    .refreshAheadCache(false)
                    .build();
        } catch (MalformedURLException e) {
            throw IssuerFault.notBelieved("the issuer's jwks_uri is no address");
        }
    }

    private Resource read(URL url) throws IOException {
        try {
            return new Resource(new String(http.get(url.toURI()), StandardCharsets.UTF_8), "application/json");
        } catch (IssuerFault | URISyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private OAuth2TokenValidator<Jwt> validator(String issuer) {
        JwtTimestampValidator time = new JwtTimestampValidator(CLOCK_SKEW);
        time.setClock(clock);
        return new DelegatingOAuth2TokenValidator<>(List.of(
                JwtTypeValidator.jwt(),
                new JwtIssuerValidator(issuer),
                time,
                this::issued,
                this::audience,
                IdTokens::subject));
    }

    /** What the token itself says: the decoder makes up an {@code iat} where there is none. */
    private static void times(JWTClaimsSet claims) throws BadJWTException {
        if (claims.getExpirationTime() == null || claims.getIssueTime() == null) {
            throw new BadJWTException("exp and iat must be there");
        }
    }

    private OAuth2TokenValidatorResult issued(Jwt jwt) {
        Instant issued = jwt.getIssuedAt();
        return result(issued != null && !issued.isAfter(clock.instant().plus(CLOCK_SKEW)), "iat must be past");
    }

    /** A token for several clients says in {@code azp} which of them asked for it. */
    private OAuth2TokenValidatorResult audience(Jwt jwt) {
        List<String> audience = jwt.getAudience();
        String party = jwt.getClaimAsString("azp");
        boolean ours = audience != null
                && audience.contains(clientId)
                && (party == null ? audience.size() == 1 : party.equals(clientId));
        return result(ours, "aud and azp must name this client");
    }

    private static OAuth2TokenValidatorResult subject(Jwt jwt) {
        return result(jwt.getSubject() != null && !jwt.getSubject().isBlank(), "sub must be there");
    }

    private static OAuth2TokenValidatorResult result(boolean holds, String rule) {
        return holds
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", rule, null));
    }
}
