package dev.carillon.platform.tracing;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where spans go.
 *
 * @param endpoint of a collector that takes OTLP by HTTP, such as {@code http://localhost:4318/v1/traces}; without one
 *     nothing is recorded
 * @param ratio of the traces that begin here which are recorded, from 0 to 1; one that an upstream began is recorded where
 *     the upstream does
 * @param headers sent with every request, such as {@code authorization}
 * @param serviceName how this process calls itself
 */
@ConfigurationProperties("carillon.tracing")
public record TracingSettings(
        @Nullable URI endpoint,
        @DefaultValue("0.1") double ratio,
        @DefaultValue Map<String, String> headers,
        @DefaultValue("carillon") String serviceName) {
    public TracingSettings {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("carillon.tracing.ratio must be from 0 to 1");
        }
        if (endpoint != null && (endpoint.getHost() == null || !isHttp(endpoint))) {
            throw new IllegalArgumentException("carillon.tracing.endpoint must be an http or https URL");
        }
        headers = Map.copyOf(headers);
    }

    private static boolean isHttp(URI endpoint) {
        return "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    }

    /** Without the values of headers, which may be secrets. */
    @Override
    public String toString() {
        return "TracingSettings[" + endpoint + ", " + ratio + ", " + headers.keySet() + ", " + serviceName + "]";
    }
}
