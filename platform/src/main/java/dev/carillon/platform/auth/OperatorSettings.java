package dev.carillon.platform.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What operators show to services that know no API keys.
 *
 * @param token at least 16 characters; {@code CARILLON_OPERATOR_TOKEN} sets it. Without one such a service has no
 *     operators, unless it runs in one process with the keys
 */
@ConfigurationProperties("carillon.operator")
public record OperatorSettings(@Nullable String token) implements OperatorCredential {
    private static final int MIN_LENGTH = 16;

    public OperatorSettings {
        token = token == null || token.isBlank() ? null : token;
        if (token != null && token.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "carillon.operator.token must have at least " + MIN_LENGTH + " characters");
        }
    }

    @Override
    public boolean admits(String bearerToken) {
        return token != null
                && MessageDigest.isEqual(
                        bearerToken.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "OperatorSettings[token=" + (token == null ? "none" : "set") + "]";
    }
}
