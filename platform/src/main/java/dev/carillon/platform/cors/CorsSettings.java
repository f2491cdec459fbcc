package dev.carillon.platform.cors;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pages of other origins that may call what end users call, with her token and with cookies.
 *
 * @param origins such as {@code https://app.example.com}, separated by commas; {@code *} stands for any port. Where a
 *     proxy ends TLS in front of the services, Carillon's own origin belongs here too, unless forwarded headers are read
 */
@ConfigurationProperties("carillon.cors")
public record CorsSettings(@DefaultValue List<String> origins) {
    /** RFC 6454, section 6.2: scheme, host, and a port that is not the scheme's own. */
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(:(\\d{1,5}|\\*))?");

    public CorsSettings {
        origins = List.copyOf(origins);
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("carillon.cors.origins: " + origin
                        + " is no origin; expected is one like https://app.example.com, without a path");
            }
        }
    }

    /** The origins as patterns of Spring, which writes any port as {@code :[*]}. */
    List<String> patterns() {
        return origins.stream()
                .map(origin -> origin.endsWith(":*") ? origin.substring(0, origin.length() - 1) + "[*]" : origin)
                .toList();
    }
}
