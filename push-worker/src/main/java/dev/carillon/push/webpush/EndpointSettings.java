package dev.carillon.push.webpush;

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

    public EndpointPolicy policy() {
        return new EndpointPolicy(hosts == null ? EndpointPolicy.KNOWN_PUSH_SERVICES : hosts, allowInsecure);
    }
}
