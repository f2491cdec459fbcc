package dev.carillon.platform.auth;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may read a service's metrics.
 *
 * @param token that a reader must show as bearer token, at least 16 characters; without one only this machine may read,
 *     and not through a proxy
 */
@ConfigurationProperties("carillon.metrics")
public record MetricsAccess(@Nullable String token) {
    private static final int MIN_TOKEN_LENGTH = 16;
    /** What Tomcat says of a request whose address it took from a header, which it then removes. */
    private static final String TAKEN_FROM_A_HEADER = "org.apache.tomcat.request.forwarded";

    public MetricsAccess {
        token = token == null || token.isBlank() ? null : token;
        if (token != null && token.length() < MIN_TOKEN_LENGTH) {
            throw new IllegalArgumentException(
                    "carillon.metrics.token must have at least " + MIN_TOKEN_LENGTH + " characters");
        }
    }

    public boolean admits(HttpServletRequest request) {
        if (token == null) {
            HttpServletRequest sent = asSent(request);
            return !isForwarded(sent) && isThisMachine(sent.getRemoteAddr());
        }
        String shown = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    /** Without what the framework's filter puts over it: that shows an address of a header, and the header no more. */
    private static HttpServletRequest asSent(HttpServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost instanceof HttpServletRequest sent ? sent : request;
    }

    /** Whoever asks through a proxy is not on this machine, or nobody knows; and whoever says so may lie. */
    private static boolean isForwarded(HttpServletRequest sent) {
        return sent.getAttribute(TAKEN_FROM_A_HEADER) != null
                || Collections.list(sent.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(name -> name.equals("forwarded") || name.startsWith("x-forwarded-"));
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
