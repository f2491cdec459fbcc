package dev.carillon.push.webpush;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Whom a push service writes to when something is wrong (RFC 8292, section 2.1): {@code mailto:} or {@code https:}.
 * A bare mail address gets its {@code mailto:}.
 */
public record VapidSubject(String uri) {

    public VapidSubject {
        uri = uri.strip();
        if (!uri.contains(":") && uri.contains("@")) {
            uri = "mailto:" + uri;
        }
        if (!acceptable(uri)) {
            throw new InvalidKeyMaterial("subject", "must be a mail address, a mailto: or an https: address");
        }
    }

    private static boolean acceptable(String text) {
        try {
            URI uri = new URI(text);
            return "mailto".equalsIgnoreCase(uri.getScheme())
                    ? uri.getSchemeSpecificPart().contains("@")
                    : "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
