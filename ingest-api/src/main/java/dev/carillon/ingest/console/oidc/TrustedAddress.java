package dev.carillon.ingest.console.oidc;

import dev.carillon.platform.outbound.ThisMachine;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An address that secrets may go to: nobody on the way reads them. */
final class TrustedAddress {
    static final String RULE = "an https address without query and fragment, or an http one on this machine";

    private static final String HTTPS = "https";
    private static final String HTTP = "http";

    private TrustedAddress() {}

    /** Null where {@code text} is none. */
    static @Nullable URI of(String text) {
        URI uri = parse(text);
        return uri != null && uri.getRawQuery() == null ? uri : null;
    }

    /**
     * As {@link #of}, of what {@code issuer} names: it may have a query (RFC 6749, section 3.1), and an issuer elsewhere
     * names nothing on this machine.
     */
    static @Nullable URI endpoint(String text, String issuer) {
        URI uri = parse(text);
        return uri != null && (HTTPS.equals(uri.getScheme()) || issuer.startsWith(HTTP + ":")) ? uri : null;
    }

    private static @Nullable URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean fine = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && StandardCharsets.US_ASCII.newEncoder().canEncode(text)
                    && (HTTPS.equals(uri.getScheme())
                            || (HTTP.equals(uri.getScheme()) && ThisMachine.isNamedBy(uri.getHost())));
            return fine ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** As {@link #of}, of an origin: without a path. */
    static @Nullable URI origin(String text) {
        URI uri = of(text);
        return uri != null && uri.getRawPath().isEmpty() ? uri : null;
    }
}
