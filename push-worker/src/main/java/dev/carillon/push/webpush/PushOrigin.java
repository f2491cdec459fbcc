package dev.carillon.push.webpush;

import dev.carillon.platform.outbound.EndpointPolicy;
import java.net.URI;
import java.util.Locale;

/**
 * The origin of a push endpoint (RFC 6454): what a VAPID token is for, and what is backed off as a whole.
 *
 * @param host in lower case; an IPv6 address keeps its brackets
 * @param port never the default of the scheme by accident: 443 for https, 80 for http when none was given
 */
public record PushOrigin(String scheme, String host, int port) {

    /** The endpoint must have a scheme and a host, which {@link EndpointPolicy} makes sure of. */
    public static PushOrigin of(URI endpoint) {
        String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : defaultPort(scheme);
        return new PushOrigin(scheme, endpoint.getHost().toLowerCase(Locale.ROOT), port);
    }

    public boolean secure() {
        return scheme.equals("https");
    }

    /** As in a token's audience: without a default port. */
    public String text() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
