package dev.carillon.embedded;

import java.util.Map;

/** The broker in a process of its own, for tests that kill it: {@code [--directory DIR] [--port PORT]}. */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws InterruptedException {
        ServerMain.run(args, arguments -> {
            EmbeddedBroker broker =
                    EmbeddedBroker.start(new BrokerSettings(arguments.directory(), arguments.port(), Map.of()));
            return new ServerMain.Running(broker.bootstrapServers(), broker::close);
        });
    }
}
