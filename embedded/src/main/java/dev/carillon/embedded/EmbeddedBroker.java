package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker, in KRaft mode, in this JVM and on the loopback only.
 *
 * <p>What a producer with {@code acks=all} got acknowledged survives a killed process, not a power cut. One thread starts
 * and stops it; {@link #stop} and {@link #start} again keep port and data. A fault that Kafka deems fatal, such as a full
 * disk, ends the whole JVM.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** The format of the directory; rises when an older Carillon can no longer read what this one writes. */
    static final int FORMAT = 1;

    private static final String TEMPORARY = "carillon-broker-";

    private final BrokerSettings settings;
    private final Path directory;
    private final int port;
    private @Nullable DataDirectory lock;
    private @Nullable KafkaRaftServer server;

    private EmbeddedBroker(BrokerSettings settings) {
        this.settings = settings;
        this.port = LoopbackPort.choose(settings.port());
        this.directory = settings.directory() == null
                ? TemporaryDirectory.create(TEMPORARY)
                : settings.directory().toAbsolutePath().normalize();
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @throws StartRefusedException where the directory or the port cannot be used
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        EmbeddedBroker broker = new EmbeddedBroker(settings);
        if (settings.directory() == null) {
            TemporaryDirectory.sweep(TEMPORARY, broker.directory, nothingRunsThere -> {});
        }
        broker.start();
        return broker;
    }

    /** Starts a stopped broker again; does nothing while it runs. */
    public void start() {
        if (server != null) {
            return;
        }
        lock = DataDirectory.open(directory, FORMAT);
        try {
            LoopbackPort.requireFree(LoopbackPort.ADDRESS, port);
            Properties properties =
                    BrokerProperties.of(directory.resolve("log"), port, LoopbackPort.choose(0), settings);
            BrokerFormat.ensure(directory, properties);
            server = launch(properties);
        } finally {
            if (server == null) {
                unlock();
            }
        }
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** Stops the broker and keeps its data, also where they are temporary. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
        unlock();
    }

    @Override
    public void close() {
        stop();
        if (settings.directory() == null) {
            TemporaryDirectory.delete(directory);
        }
    }

    private KafkaRaftServer launch(Properties properties) {
        KafkaRaftServer starting = null;
        try {
            starting = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
            starting.startup();
            return starting;
        } catch (RuntimeException e) {
            if (starting != null) {
                starting.shutdown();
            }
            throw new StartRefusedException(
                    Reason.FAILED,
                    "The embedded Kafka broker did not start on %s: %s.".formatted(directory, Sentences.of(e)),
                    e);
        }
    }

    private void unlock() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
