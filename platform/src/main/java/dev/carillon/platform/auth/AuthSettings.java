package dev.carillon.platform.auth;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How end users' tokens are checked: by a shared secret (HS256) or by an issuer's published keys (RS256, ES256).
 *
 * @param jwtSecret at least 32 bytes (RFC 7518, section 3.2); the same in all services
 * @param jwksUri where the issuer publishes its keys; instead of a secret
 * @param issuer required {@code iss}; must be set with {@code jwks-uri}, without it none accepts any
 * @param audience required in {@code aud}
 */
@ConfigurationProperties("carillon.auth")
public record AuthSettings(
        @Nullable String jwtSecret,
        @Nullable String jwksUri,
        @Nullable String issuer,
        @DefaultValue("carillon") String audience) {
    static final int MIN_SECRET_BYTES = 32;

    public AuthSettings {
        if (jwtSecret != null && jwtSecret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "carillon.auth.jwt-secret must have at least " + MIN_SECRET_BYTES + " bytes");
        }
        if (jwtSecret != null && jwksUri != null) {
            throw new IllegalArgumentException("set carillon.auth.jwt-secret or carillon.auth.jwks-uri, not both");
        }
        if (jwksUri != null && (issuer == null || issuer.isBlank())) {
            throw new IllegalArgumentException("set carillon.auth.issuer too where carillon.auth.jwks-uri is set: who"
                    + " signs with these keys may do so for others than Carillon");
        }
    }

    @Override
    public String toString() {
        return "AuthSettings[issuer=" + issuer + ", audience=" + audience + ", jwksUri=" + jwksUri + "]";
    }
}
