package dev.carillon.guarantees.world;

import dev.carillon.embedded.BrokerListener;
import dev.carillon.embedded.LoopbackPort;
import dev.carillon.schemas.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A proxy before the broker and one before the database for every process. Kafka clients connect to what a broker
 * advertises, so the broker has a listener for every process, which advertises that process's proxy.
 */
final class Doors implements AutoCloseable {

    private final Map<String, Door> doors = new LinkedHashMap<>();

    /** The two ways of one process. */
    record Door(TcpProxy broker, TcpProxy database) {}

    private final List<BrokerListener> listeners = new ArrayList<>();

    Doors(int replicas, int databasePort) {
        for (Service service : Service.values()) {
            for (int number = 1; number <= replicas; number++) {
                int behind = LoopbackPort.choose(0);
                TcpProxy broker = TcpProxy.start(LoopbackPort.choose(0), behind);
                TcpProxy database = TcpProxy.start(LoopbackPort.choose(0), databasePort);
                listeners.add(new BrokerListener("P" + (listeners.size() + 1), behind, broker.port()));
                doors.put(service.code() + "-" + number, new Door(broker, database));
            }
        }
    }

    List<BrokerListener> listeners() {
        return List.copyOf(listeners);
    }

    /** @param process such as {@code push-worker-1} */
    Door of(String process) {
        return Objects.requireNonNull(doors.get(process), process);
    }

    @Override
    public void close() {
        doors.values().forEach(door -> {
            door.broker().close();
            door.database().close();
        });
    }
}
