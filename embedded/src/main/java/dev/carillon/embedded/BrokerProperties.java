package dev.carillon.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The configuration of a KRaft broker that shares its JVM and machine with everything else. */
final class BrokerProperties {

    /** An hour: longer than anybody stops a process that should go on. */
    private static final String LONGEST_SESSION_MS = "3600000";

    private BrokerProperties() {}

    static Properties of(Path log, int port, int controllerPort, BrokerSettings settings) {
        Properties p = new Properties();
        ClusterPlace place = settings.cluster() == null ? ClusterPlace.alone(controllerPort) : settings.cluster();
        listeners(p, port, place, settings.listeners());
        p.setProperty("log.dirs", log.toString());
        internalTopics(p, Integer.toString(place.copies()), Integer.toString(place.copiesInSync()));
        quickRecovery(p, settings.cluster() == null);
        modestResources(p);
        p.setProperty("auto.create.topics.enable", "false");
        // A stop of more than a week must not make every worker start over.
        p.setProperty("offsets.retention.minutes", Integer.toString(365 * 24 * 60));
        p.putAll(settings.overrides());
        return p;
    }

    private static void listeners(Properties p, int port, ClusterPlace place, List<BrokerListener> further) {
        String host = LoopbackPort.HOST;
        StringBuilder bound = new StringBuilder(
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(host, port, host, place.controllerPort()));
        StringBuilder advertised = new StringBuilder("PLAINTEXT://" + host + ":" + port);
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        for (BrokerListener listener : further) {
            bound.append(",%s://%s:%d".formatted(listener.name(), host, listener.port()));
            advertised.append(",%s://%s:%d".formatted(listener.name(), host, listener.advertisedPort()));
            protocols.append(",%s:PLAINTEXT".formatted(listener.name()));
        }
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(place.node()));
        p.setProperty("controller.quorum.voters", place.voters());
        p.setProperty("listeners", bound.toString());
        p.setProperty("advertised.listeners", advertised.toString());
        p.setProperty("inter.broker.listener.name", "PLAINTEXT");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listener.security.protocol.map", protocols.toString());
    }

    private static void internalTopics(Properties p, String copies, String inSync) {
        p.setProperty("offsets.topic.replication.factor", copies);
        p.setProperty("offsets.topic.num.partitions", "3");
        p.setProperty("transaction.state.log.replication.factor", copies);
        p.setProperty("transaction.state.log.min.isr", inSync);
        p.setProperty("transaction.state.log.num.partitions", "3");
        // The first record after a commit waits, at every commit, until the markers of the one before are written; the
        // broker looks again after 20 ms by default.
        p.setProperty("add.partitions.to.txn.retry.backoff.ms", "2");
        p.setProperty("share.coordinator.state.topic.replication.factor", copies);
        p.setProperty("share.coordinator.state.topic.min.isr", inSync);
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
        p.setProperty("default.replication.factor", copies);
        p.setProperty("min.insync.replicas", inSync);
    }

    private static void quickRecovery(Properties p, boolean alone) {
        // After kill -9 controllers refuse the new broker until the session of the dead one is over, 9 s by default.
        // The only broker is forgotten before it starts, and must not be fenced where it was stopped for a while.
        p.setProperty("broker.session.timeout.ms", alone ? LONGEST_SESSION_MS : "4000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
        // How often transactions of dead producers are looked for; committed readers stall until then.
        p.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("group.streams.initial.rebalance.delay.ms", "0");
        p.setProperty("group.min.session.timeout.ms", "1000");
        p.setProperty("num.recovery.threads.per.data.dir", "2");
    }

    private static void modestResources(Properties p) {
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("log.cleaner.threads", "1");
        // Kafka asks for 128 MB at start; 8 MB index 350,000 keys per cleaning pass.
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        p.setProperty("log.cleaner.io.buffer.size", Integer.toString(256 << 10));
        p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
    }
}
