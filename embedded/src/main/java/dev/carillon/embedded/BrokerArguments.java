package dev.carillon.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BrokerMain} takes beside the arguments of every server.
 *
 * @param cluster null means alone
 * @param rest what is not the broker's own
 */
record BrokerArguments(
        List<BrokerListener> listeners, @Nullable ClusterPlace cluster, List<String> rest) {

    static BrokerArguments parse(String[] args) {
        List<BrokerListener> listeners = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        ClusterPlace cluster = null;
        for (int i = 0; i < args.length; i += 2) {
            List<String> pair = Arrays.asList(args).subList(i, Math.min(i + 2, args.length));
            switch (args[i]) {
                case "--listener" -> listeners.add(BrokerListener.parse(pair.getLast()));
                case "--cluster" -> cluster = place(pair.getLast());
                default -> rest.addAll(pair);
            }
        }
        return new BrokerArguments(List.copyOf(listeners), cluster, List.copyOf(rest));
    }

    BrokerSettings settings(ServerMain.Arguments server) {
        return new BrokerSettings(server.directory(), server.port(), Map.of(), listeners, cluster);
    }

    /** Reads {@code NODE@PORT,PORT,PORT}. */
    private static ClusterPlace place(String text) {
        String[] parts = text.split("@", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Expected NODE@PORT,PORT, not " + text);
        }
        List<Integer> ports =
                Arrays.stream(parts[1].split(",")).map(Integer::valueOf).toList();
        return new ClusterPlace(Integer.parseInt(parts[0]), ports);
    }
}
