package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** TCP ports of this machine. */
public final class LoopbackPort {

    /** The only address that the embedded servers listen on. */
    public static final String HOST = "127.0.0.1";

    static final InetAddress ADDRESS = InetAddress.ofLiteral(HOST);

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;
    private static final int RETRIES = 5;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    /** In this process: whoever has one may not have bound it yet. */
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /** The port itself where it is free, or any free one for 0; another program may still take it before it is bound. */
    public static int choose(int port) {
        if (port == 0) {
            return free();
        }
        requireFree(ADDRESS, port);
        return port;
    }

    /**
     * Checks that the port can be opened.
     *
     * @throws StartRefusedException where something else listens on it
     */
    public static void requireFree(InetAddress host, int port) {
        IOException failure = tryToOpen(host, port);
        // A child process that is just being forked holds every socket of this one until it executes its program.
        for (int retry = 0; failure != null && retry < RETRIES; retry++) {
            LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            failure = tryToOpen(host, port);
        }
        if (failure != null) {
            throw refusal(host, port, failure);
        }
    }

    private static StartRefusedException refusal(InetAddress host, int port, IOException failure) {
        String address = host.getHostAddress();
        if (!host.isAnyLocalAddress() && tryToOpen(host, 0) != null) {
            return new StartRefusedException(
                    Reason.NO_SUCH_ADDRESS,
                    "%s is no address of this machine (%s); choose one of its own with --host, or 0.0.0.0 for all of them."
                            .formatted(address, Sentences.of(failure)),
                    failure);
        }
        return new StartRefusedException(
                Reason.PORT_IN_USE,
                "Port %d on %s cannot be opened (%s); stop the program that uses it, or choose another port with --port."
                        .formatted(port, address, Sentences.of(failure)),
                failure);
    }

    private static @Nullable IOException tryToOpen(InetAddress host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /**
     * A random port below the range from which systems take the local ports of outgoing connections (32768 on Linux,
     * 49152 by RFC 6335), so that no connection that is made meanwhile can take it; none that was handed out before.
     */
    private static int free() {
        IOException lastFailure = new IOException("none was tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!HANDED_OUT.add(port)) {
                continue;
            }
            try (ServerSocket socket = new ServerSocket(port, 1, ADDRESS)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                lastFailure = e;
            }
        }
        throw new UncheckedIOException("No free port on " + HOST, lastFailure);
    }
}
