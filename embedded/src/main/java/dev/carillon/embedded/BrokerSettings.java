package dev.carillon.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded broker keeps its log and listens.
 *
 * @param directory kept after a stop; null means a temporary one that goes with the broker
 * @param port on the loopback; 0 means any free one, chosen once for the life of the object
 * @param overrides broker properties that win over ours
 * @param listeners further doors beside the one at {@code port}
 * @param cluster its place among several brokers; null means that it is alone
 */
public record BrokerSettings(
        @Nullable Path directory,
        int port,
        Map<String, String> overrides,
        List<BrokerListener> listeners,
        @Nullable ClusterPlace cluster) {

    public BrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
        overrides = Map.copyOf(overrides);
        listeners = List.copyOf(listeners);
    }

    /** Alone, with one door. */
    public BrokerSettings(@Nullable Path directory, int port, Map<String, String> overrides) {
        this(directory, port, overrides, List.of(), null);
    }

    public static BrokerSettings temporary() {
        return new BrokerSettings(null, 0, Map.of());
    }

    public static BrokerSettings in(Path directory) {
        return new BrokerSettings(directory, 0, Map.of());
    }

    public BrokerSettings onPort(int chosen) {
        return new BrokerSettings(directory, chosen, overrides, listeners, cluster);
    }
}
