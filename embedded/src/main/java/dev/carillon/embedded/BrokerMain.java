package dev.carillon.embedded;

/**
 * The broker in a process of its own, for tests that kill it: {@code [--directory DIR] [--port PORT]
 * [--listener NAME:PORT:ADVERTISED]... [--cluster NODE@PORT,PORT,PORT]}, the last with the controller ports of all brokers.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws InterruptedException {
        BrokerArguments own = BrokerArguments.parse(args);
        ServerMain.run(own.rest().toArray(String[]::new), arguments -> {
            EmbeddedBroker broker = EmbeddedBroker.start(own.settings(arguments));
            return new ServerMain.Running(broker.bootstrapServers(), broker::close);
        });
    }
}
