package dev.carillon.guarantees.world;

import dev.carillon.embedded.BrokerListener;
import dev.carillon.embedded.BrokerMain;
import dev.carillon.embedded.LoopbackPort;
import dev.carillon.testsupport.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, with the same ports and data in all its lives. One thread drives it. */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(3);

    private final List<String> arguments = new ArrayList<>();
    private final int port = LoopbackPort.choose(0);
    private @Nullable ChildProcess process;

    /** Alone, with a door for everybody and these further ones. */
    public BrokerProcess(Path directory, List<BrokerListener> listeners) {
        arguments.addAll(List.of("--directory", directory.toString(), "--port", Integer.toString(port)));
        listeners.forEach(listener -> arguments.addAll(List.of("--listener", listener.toString())));
    }

    /** One of several; {@code cluster} as {@link BrokerMain} takes it. */
    public BrokerProcess(Path directory, String cluster) {
        this(directory, List.of());
        arguments.addAll(List.of("--cluster", cluster));
    }

    /** Its own door, past all proxies. */
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** Starts it and returns at once; does nothing while it runs. */
    public void start() {
        ChildProcess current = process;
        if (current == null || !current.isAlive()) {
            kill();
            process = ChildProcess.start(new ChildProcess.Command(BrokerMain.class, arguments.toArray(String[]::new))
                    .jvm("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        }
    }

    public void awaitReady() {
        process().awaitLine("READY", READY);
    }

    public ChildProcess process() {
        ChildProcess current = process;
        if (current == null) {
            throw new IllegalStateException("the broker does not run");
        }
        return current;
    }

    /** As {@code kill -9} does. */
    public void kill() {
        ChildProcess current = process;
        if (current != null) {
            current.close();
            process = null;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
