package dev.carillon.push.webpush;

import dev.carillon.platform.outbound.EndpointPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses of push services are accepted.
 *
 * @param hosts exact names, {@code *.name} for names below it, or {@code *} for every public host; by default the push
 *     services of the browsers in use
 * @param allowInsecure for tests only: plain http, every port and host, and addresses that are not public
 */
@ConfigurationProperties("carillon.push.endpoint")
public record EndpointSettings(
        @Nullable List<String> hosts, @DefaultValue("false") boolean allowInsecure) {

    /** The push services of the browsers in use. */
    public static final List<String> KNOWN_PUSH_SERVICES = List.of(
            "fcm.googleapis.com",
            "jmt17.google.com",
            "*.push.services.mozilla.com",
            "*.push.apple.com",
            "*.notify.windows.com");

    static final String HOSTS = "carillon.push.endpoint.hosts";

    public EndpointPolicy policy() {
        return new EndpointPolicy(hosts == null ? KNOWN_PUSH_SERVICES : hosts, allowInsecure, HOSTS);
    }
}
