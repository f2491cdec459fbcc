package dev.carillon.guarantees.world;

import dev.carillon.embedded.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between one process and a server, and cuts, stalls or delays what they say to each other. */
public final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 16 << 10;
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral(LoopbackPort.HOST);

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object change = new Object();
    private Flow flow = Flow.FREE;
    private volatile Duration delay = Duration.ZERO;

    private enum Flow {
        FREE,
        STALLED,
        CUT
    }

    private TcpProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Listens on {@code port} for a server on {@code target}, both on the loopback. */
    public static TcpProxy start(int port, int target) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(port, 200, LOOPBACK), target);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no proxy on port " + port, e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Ends all connections, and every new one at once. */
    public void cut() {
        set(Flow.CUT);
        open.forEach(TcpProxy::close);
    }

    /** Keeps connections open and passes nothing on; nothing is lost. */
    public void stall() {
        set(Flow.STALLED);
    }

    /** Waits before it passes anything on. */
    public void delay(Duration each) {
        delay = each;
    }

    public void free() {
        delay = Duration.ZERO;
        set(Flow.FREE);
    }

    @Override
    public void close() {
        close(server);
        cut();
    }

    private void set(Flow next) {
        synchronized (change) {
            flow = next;
            change.notifyAll();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) {
        open.add(client);
        try (client;
                Socket upstream = new Socket(LOOPBACK, target)) {
            open.add(upstream);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread answers = Thread.ofVirtual().start(() -> pass(upstream, client));
            pass(client, upstream);
            answers.join();
            open.remove(upstream);
        } catch (IOException e) {
            // The server is away: the client's connection ends as it would have.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try (from;
                to) {
            for (int length = from.getInputStream().read(chunk);
                    length >= 0 && mayPass();
                    length = from.getInputStream().read(chunk)) {
                to.getOutputStream().write(chunk, 0, length);
            }
        } catch (IOException e) {
            // One side has gone, and now both have.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when something may be passed on; false where the connection is to end. */
    private boolean mayPass() throws InterruptedException {
        Duration wait = delay;
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
        synchronized (change) {
            while (flow == Flow.STALLED) {
                change.wait();
            }
            return flow == Flow.FREE;
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            // It is gone all the same.
        }
    }
}
