package dev.carillon.email.smtp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A relay that takes our mail: the default one, without whose host the channel is off, or a named one. Ranges are checked by
 * {@link #check}, since only who holds the settings knows the name that they stand under.
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
 * @param rate how many messages it takes at most, as {@code 50/second}, per worker process; null: as many as it can
 * @param failOver names of relays that take its mail while it gives no session or breaks off, in this order
 * @param types notification types whose mail a named relay takes
 * @param categories likewise, where a mail's type is no relay's
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
        @DefaultValue Timeouts timeouts,
        @Nullable String rate,
        @DefaultValue List<String> failOver,
        @DefaultValue List<String> types,
        @DefaultValue List<String> categories) {

    /** What the default relay's settings stand under. */
    public static final String DEFAULT_NAME = "carillon.email.smtp";

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
        rate = rate == null || rate.isBlank() ? null : rate.strip();
        failOver = List.copyOf(failOver);
        types = List.copyOf(types);
        categories = List.copyOf(categories);
    }

    /**
     * The same, with every value in its range.
     *
     * @param name of the property that all of them stand under
     * @throws IllegalArgumentException naming the property and the rule
     */
    public RelaySettings check(String name) {
        require(port >= 1 && port <= 65_535, name + ".port", "1 to 65535", port);
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(name + ".username and " + name + ".password are set"
                    + " together or not at all; only the " + (username == null ? "password" : "username") + " is set");
        }
        pool.check(name + ".pool");
        timeouts.check(name + ".timeouts");
        if (rate != null) {
            Rate _ = Rate.parse(name + ".rate", rate);
        }
        return this;
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
        private void check(String name) {
            require(size >= 1 && size <= 1000, name + ".size", "1 to 1000", size);
            require(messages >= 1, name + ".messages", "at least 1", messages);
            requirePositive(lifetime, name + ".lifetime");
            requirePositive(idle, name + ".idle");
            requirePositive(checkAfter, name + ".check-after");
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
        private void check(String name) {
            requirePositive(connect, name + ".connect");
            requirePositive(reply, name + ".reply");
            requirePositive(send, name + ".send");
            require(send.compareTo(Duration.ofSeconds(10)) <= 0, name + ".send", "at most 10 s", send);
        }
    }

    private static void requirePositive(Duration duration, String name) {
        require(duration.isPositive(), name, "longer than 0", duration);
    }

    private static void require(boolean holds, String name, String rule, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + rule + ", is " + found);
        }
    }
}
