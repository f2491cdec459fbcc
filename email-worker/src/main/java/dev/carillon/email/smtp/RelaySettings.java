package dev.carillon.email.smtp;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The relay that takes our mail. Without a host the channel is off.
 *
 * @param host name or address of the relay; its certificate must carry it
 * @param port 587 (submission), 465 (TLS from the first byte), 25, or a development inbox's
 * @param security how the session is protected
 * @param username none: no authentication
 * @param password goes with the user name; both are set or neither
 * @param heloName our name for the relay (EHLO); by default the name of this host
 * @param trustedCertificates PEM file of the authorities that the relay's certificate may come from, instead of the
 *     ones that the Java runtime trusts
 * @param pool the kept-open sessions
 * @param timeouts the patience with the relay
 */
@Validated
@ConfigurationProperties("carillon.email.smtp")
public record RelaySettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @DefaultValue("auto") Security security,
        @Nullable String username,
        @Nullable String password,
        @Nullable String heloName,
        @Nullable Path trustedCertificates,
        @DefaultValue Pool pool,
        @DefaultValue Timeouts timeouts) {

    /** How a session is protected. Whatever protects it, certificate and host name are checked. */
    public enum Security {
        /** {@link #TLS} on port 465, else {@link #STARTTLS} where a login is set, else STARTTLS where it is offered. */
        AUTO,
        /** TLS from the first byte. */
        TLS,
        /** STARTTLS, and no session without it. */
        STARTTLS,
        /** Never: for a development inbox, or a relay on this host. */
        NONE
    }

    public RelaySettings {
        host = host == null || host.isBlank() ? null : host.strip();
        username = username == null || username.isBlank() ? null : username;
        password = password == null || password.isEmpty() ? null : password;
        heloName = heloName == null || heloName.isBlank() ? null : heloName.strip();
        require(port >= 1 && port <= 65_535, "port", "1 to 65535", port);
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("carillon.email.smtp.username and carillon.email.smtp.password are set"
                    + " together or not at all; only the " + (username == null ? "password" : "username") + " is set");
        }
    }

    public boolean isConfigured() {
        return host != null;
    }

    boolean tlsFromTheFirstByte() {
        return security == Security.TLS || (security == Security.AUTO && port == 465);
    }

    boolean startTlsRequired() {
        return security == Security.STARTTLS || (security == Security.AUTO && !tlsFromTheFirstByte() && logsIn());
    }

    boolean startTlsWanted() {
        return startTlsRequired() || (security == Security.AUTO && !tlsFromTheFirstByte());
    }

    boolean logsIn() {
        return username != null;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RelaySettings[" + host + ":" + port + ", " + security + "]";
    }

    /**
     * The sessions that are kept open.
     *
     * @param size how many at most, 1 to 1000
     * @param messages after how many messages a session is closed, at least 1
     * @param lifetime after what age a session is closed
     * @param idle after how long without a message a session is closed
     * @param checkAfter after how long without a message a session is asked (NOOP) before it is used again
     */
    public record Pool(
            @DefaultValue("10") int size,
            @DefaultValue("500") int messages,
            @DefaultValue("10m") Duration lifetime,
            @DefaultValue("60s") Duration idle,
            @DefaultValue("10s") Duration checkAfter) {
        public Pool {
            require(size >= 1 && size <= 1000, "pool.size", "1 to 1000", size);
            require(messages >= 1, "pool.messages", "at least 1", messages);
            requirePositive(lifetime, "pool.lifetime");
            requirePositive(idle, "pool.idle");
            requirePositive(checkAfter, "pool.check-after");
        }
    }

    /**
     * The patience with the relay.
     *
     * @param connect until the connection stands
     * @param reply until a reply comes while a session opens
     * @param send until a message is handed over, connecting included; at most 10 s, the limit of every channel
     */
    public record Timeouts(
            @DefaultValue("3s") Duration connect,
            @DefaultValue("5s") Duration reply,
            @DefaultValue("9s") Duration send) {
        public Timeouts {
            requirePositive(connect, "timeouts.connect");
            requirePositive(reply, "timeouts.reply");
            requirePositive(send, "timeouts.send");
            require(send.compareTo(Duration.ofSeconds(10)) <= 0, "timeouts.send", "at most 10 s", send);
        }
    }

    private static void requirePositive(Duration duration, String name) {
        require(duration.isPositive(), name, "longer than 0", duration);
    }

    private static void require(boolean holds, String name, String rule, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("carillon.email.smtp." + name + " must be " + rule + ", is " + found);
        }
    }
}
