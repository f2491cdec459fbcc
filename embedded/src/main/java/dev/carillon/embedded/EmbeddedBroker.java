package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
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
    private @Nullable CombinedServer server;

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
        try {
            if (server != null) {
                server.stop();
            }
        } finally {
            server = null;
            unlock();
        }
    }

    @Override
    public void close() {
        stop();
        if (settings.directory() == null) {
            TemporaryDirectory.delete(directory);
        }
    }

    private CombinedServer launch(Properties properties) {
        CombinedServer starting = null;
        try {
            starting = new CombinedServer(KafkaConfig.fromProps(properties), settings.cluster() == null);
            starting.start();
            return starting;
        } catch (Exception e) {
            // Kafka's Scala throws checked exceptions that no signature names.
            if (starting != null) {
                starting.stop();
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
