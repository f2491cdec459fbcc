package dev.carillon.email.layout;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the application is reached from outside. Makes absolute what an event gave as a link, and drops what is not a
 * plain http or https address: other schemes, addresses with a user, and {@code //host} that would leave the origin.
 */
final class PublicOrigin {

    private final @Nullable URI origin;

    /** @throws IllegalArgumentException where the text is no http or https origin */
    PublicOrigin(@Nullable String origin) {
        if (origin == null || origin.isBlank()) {
            this.origin = null;
            return;
        }
        URI uri = web(origin.strip());
        if (uri == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "carillon.email.layout.public-origin must be an http or https address without query, such as"
                            + " https://app.example.com");
        }
        String text = uri.toString();
        this.origin = URI.create(text.endsWith("/") ? text : text + "/");
    }

    /** An absolute address in ASCII, or null where there is none that a mail may carry. */
    @Nullable String resolve(@Nullable String link) {
        if (link == null || link.isBlank()) {
            return null;
        }
        String text = link.strip();
        if (text.regionMatches(true, 0, "http:", 0, 5) || text.regionMatches(true, 0, "https:", 0, 6)) {
            URI uri = web(text);
            return uri == null ? null : uri.toASCIIString();
        }
        return relative(text);
    }

    /** An absolute https address, or null: mail programs load pictures over nothing else. */
    @Nullable String picture(@Nullable String link) {
        String resolved = resolve(link);
        return resolved != null && resolved.startsWith("https:") ? resolved : null;
    }

    private @Nullable String relative(String text) {
        if (origin == null || text.startsWith("//")) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute() || uri.getRawAuthority() != null) {
                return null;
            }
            return origin.resolve(uri).toASCIIString();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static @Nullable URI web(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean fine = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
            return fine ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
