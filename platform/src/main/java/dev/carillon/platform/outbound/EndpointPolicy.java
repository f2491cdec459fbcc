package dev.carillon.platform.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses are called at all that somebody else gave us. What its name resolves to is checked again at every
 * connection.
 *
 * @param hosts exact names, {@code *.name} for names below it, or {@code *} for every host
 * @param insecureAllowed for tests: plain http, any port, any host, and addresses that are not public
 * @param setting the name of the one that lists the hosts
 */
public record EndpointPolicy(List<String> hosts, boolean insecureAllowed, String setting) {
    public static final int LONGEST = 2_048;

    private static final int HTTPS_PORT = 443;

    public EndpointPolicy {
        hosts = hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * The endpoint as an address that may be sent to.
     *
     * @throws ForbiddenEndpoint with the rule it breaks
     */
    public URI check(String endpoint) {
        if (endpoint.isBlank() || endpoint.length() > LONGEST) {
            throw new ForbiddenEndpoint("must be an address of at most " + LONGEST + " characters");
        }
        URI uri = parse(endpoint);
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (!https && !(http && insecureAllowed)) {
            throw new ForbiddenEndpoint("must be an https address");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new ForbiddenEndpoint("must have a host, and neither user information nor a fragment");
        }
        if (!insecureAllowed) {
            requireKnown(uri);
        }
        return uri;
    }

    private void requireKnown(URI uri) {
        if (uri.getPort() != -1 && uri.getPort() != HTTPS_PORT) {
            throw new ForbiddenEndpoint("must use the port of https");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (hosts.stream().noneMatch(pattern -> matches(pattern, host))) {
            throw new ForbiddenEndpoint("must have a host that is allowed (" + setting + ")");
        }
    }

    private static boolean matches(String pattern, String host) {
        return pattern.equals("*")
                || pattern.equals(host)
                || (pattern.startsWith("*.") && host.endsWith(pattern.substring(1)));
    }

    private static URI parse(String text) {
        try {
            return new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new ForbiddenEndpoint("must be an address (RFC 3986)");
        }
    }
}
