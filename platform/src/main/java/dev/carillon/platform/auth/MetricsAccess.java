package dev.carillon.platform.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may read a service's metrics.
 *
 * @param token that a reader must show as bearer token, at least 16 characters; without one only this machine may read
 */
@ConfigurationProperties("carillon.metrics")
public record MetricsAccess(@Nullable String token) {
    private static final int MIN_TOKEN_LENGTH = 16;

    public MetricsAccess {
        token = token == null || token.isBlank() ? null : token;
        if (token != null && token.length() < MIN_TOKEN_LENGTH) {
            throw new IllegalArgumentException(
                    "carillon.metrics.token must have at least " + MIN_TOKEN_LENGTH + " characters");
        }
    }

    public boolean admits(HttpServletRequest request) {
        if (token == null) {
            return isThisMachine(request.getRemoteAddr());
        }
        String shown = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    /** The caller's address is a literal, so that nothing is looked up. */
    private static boolean isThisMachine(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "MetricsAccess[token=" + (token == null ? "none" : "set") + "]";
    }
}
