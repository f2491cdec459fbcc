package dev.carillon.email.smtp;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The relays beside the default one, and what holds for all of them.
 *
 * @param relays by name: settings as those of the default relay ({@code carillon.email.smtp}), and which mails each takes
 * @param domainLimits how many mails go to a recipient's domain at most, as {@code example.com 20/second}, per worker
 *     process; {@code *} means every other domain, each for itself
 */
@Validated
@ConfigurationProperties("carillon.email")
public record RelaysSettings(
        @DefaultValue Map<String, RelaySettings> relays,
        @DefaultValue List<String> domainLimits) {
    static final String PREFIX = "carillon.email.relays.";

    public RelaysSettings {
        relays = relays == null ? Map.of() : Map.copyOf(relays);
        domainLimits = List.copyOf(domainLimits);
    }

    /** No other relay, no limit. */
    public static RelaysSettings none() {
        return new RelaysSettings(Map.of(), List.of());
    }

    /** The sessions of all relays together. */
    public int sessions(RelaySettings standard) {
        return standard.pool().size()
                + relays.values().stream()
                        .mapToInt(relay -> relay.pool().size())
                        .sum();
    }
}
