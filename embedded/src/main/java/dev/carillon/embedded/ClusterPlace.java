package dev.carillon.embedded;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The place of a broker among several. Each is also a controller; topics get as many copies as there are brokers, at most
 * three, of which all but one must have a record before it is acknowledged.
 *
 * @param node from 1 to the number of brokers
 * @param controllerPorts of all brokers, the first one's first
 */
public record ClusterPlace(int node, List<Integer> controllerPorts) {

    private static final int MOST_COPIES = 3;

    public ClusterPlace {
        controllerPorts = List.copyOf(controllerPorts);
        if (node < 1 || node > controllerPorts.size()) {
            throw new IllegalArgumentException("node must be 1 to " + controllerPorts.size() + ", not " + node);
        }
    }

    static ClusterPlace alone(int controllerPort) {
        return new ClusterPlace(1, List.of(controllerPort));
    }

    int controllerPort() {
        return controllerPorts.get(node - 1);
    }

    /** As {@code controller.quorum.voters} wants it. */
    String voters() {
        return IntStream.rangeClosed(1, controllerPorts.size())
                .mapToObj(number -> number + "@" + LoopbackPort.HOST + ":" + controllerPorts.get(number - 1))
                .collect(Collectors.joining(","));
    }

    int copies() {
        return Math.min(MOST_COPIES, controllerPorts.size());
    }

    int copiesInSync() {
        return Math.max(1, copies() - 1);
    }
}
