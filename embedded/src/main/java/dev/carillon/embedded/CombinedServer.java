package dev.carillon.embedded;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A controller and a broker in this JVM, as {@link KafkaRaftServer} puts them together. The only broker of its cluster is
 * forgotten by its controller before it starts.
 *
 * <p>Otherwise, after {@code kill -9}, it would begin as what it was, leader of everything, and lose that for a moment when
 * its old session ends; ends of transactions that are due in that moment are dropped as if their topics were deleted
 * (KAFKA-20734), and no reader of committed records ever gets past them.
 */
final class CombinedServer {

    private static final Logger LOG = LoggerFactory.getLogger(CombinedServer.class);
    private static final long CONTROLLER_ACTIVE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final int node;
    private final boolean alone;
    private final ControllerServer controller;
    private final BrokerServer broker;

    /** @param alone whether no other broker is in its cluster */
    CombinedServer(KafkaConfig config, boolean alone) {
        this.node = config.nodeId();
        this.alone = alone;
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        QuorumConfig quorum = config.quorumConfig();
        SharedServer shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, directories._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(Map.copyOf(QuorumConfig.parseVoterConnections(quorum.voters()))),
                QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        this.broker = new BrokerServer(shared);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
    }

    void start() {
        controller.startup();
        if (alone) {
            try {
                forgetBroker();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the broker was starting", e);
            }
        }
        broker.startup();
    }

    private void forgetBroker() throws InterruptedException {
        long deadline = System.nanoTime() + CONTROLLER_ACTIVE_NANOS;
        while (!forget(deadline)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the controller does not become active");
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** Returns false where the controller is not active yet. */
    private boolean forget(long deadline) throws InterruptedException {
        ControllerRequestContext context = new ControllerRequestContext(
                new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.of(deadline));
        try {
            controller.controller().unregisterBroker(context, node).get(CONTROLLER_ACTIVE_NANOS, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case BrokerIdNotRegisteredException _ -> true;
                case NotControllerException _ -> false;
                case null, default ->
                    throw new IllegalStateException("the controller does not forget the broker", e.getCause());
            };
        } catch (TimeoutException e) {
            throw new IllegalStateException("the controller does not answer", e);
        }
    }

    /** The broker first: it asks the controller to let it go. */
    void stop() {
        try {
            broker.shutdown();
        } finally {
            controller.shutdown();
        }
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
