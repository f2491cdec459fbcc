package dev.carillon.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded broker keeps its log and listens.
 *
 * @param directory kept after a stop; null means a temporary one that goes with the broker
 * @param port on the loopback; 0 means any free one, chosen once for the life of the object
 * @param overrides broker properties that win over ours
 */
public record BrokerSettings(@Nullable Path directory, int port, Map<String, String> overrides) {

    public BrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
        overrides = Map.copyOf(overrides);
    }

    public static BrokerSettings temporary() {
        return new BrokerSettings(null, 0, Map.of());
    }

    public static BrokerSettings in(Path directory) {
        return new BrokerSettings(directory, 0, Map.of());
    }

    public BrokerSettings onPort(int chosen) {
        return new BrokerSettings(directory, chosen, overrides);
    }
}
