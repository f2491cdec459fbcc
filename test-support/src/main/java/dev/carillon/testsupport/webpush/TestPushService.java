package dev.carillon.testsupport.webpush;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A push service on a free port of the loopback. Each of its devices is a browser; what a device is sent is checked and
 * decrypted as it comes in, and answered from the device's script, or with 201 where that is empty.
 */
public final class TestPushService implements AutoCloseable {
    private static final String SINK = "/sink/";

    private final Server server;
    private final ServerConnector connector;
    private final String scheme;
    private final AtomicInteger deviceNumbers = new AtomicInteger();
    private final Map<String, PushDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, Queue<PushReply>> scripts = new ConcurrentHashMap<>();
    private final LongAdder sunk = new LongAdder();
    private final List<ReceivedPush> received = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile Function<String, PushReply> otherwise = path -> PushReply.created();

    private TestPushService(@Nullable TestCertificate certificate, Clock clock) {
        QueuedThreadPool threads = new QueuedThreadPool(32, 2);
        threads.setDaemon(true);
        threads.setName("test-push-service");
        server = new Server(threads);
        scheme = certificate == null ? "http" : "https";
        connector = certificate == null
                ? new ServerConnector(server, new HttpConnectionFactory(new HttpConfiguration()))
                : secure(server, certificate);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new PushServiceHandler(this, clock));
        server.setStopTimeout(0);
    }

    /**
     * HTTP/1.1 without TLS.
     *
     * @param clock by which tokens are judged; the one of the sender
     */
    public static TestPushService plain(Clock clock) {
        return started(new TestPushService(null, clock));
    }

    /** HTTP/2 and HTTP/1.1 over TLS, as the client chooses; see {@link #plain}. */
    public static TestPushService secure(TestCertificate certificate, Clock clock) {
        return started(new TestPushService(certificate, clock));
    }

    /** Where it is reached, as an origin without a path. */
    public String origin() {
        return scheme + "://localhost:" + connector.getLocalPort();
    }

    /** A browser that has just subscribed here. */
    public PushDevice device() {
        String path = "/push/" + deviceNumbers.incrementAndGet();
        PushDevice device = new PushDevice(origin() + path);
        devices.put(path, device);
        return device;
    }

    /** A browser for load tests: what it is sent is answered, counted and neither checked nor kept. */
    public PushDevice sink() {
        return new PushDevice(origin() + SINK + deviceNumbers.incrementAndGet());
    }

    /** How many messages all sinks have got. */
    public long sunk() {
        return sunk.sum();
    }

    /** The next requests for this device are answered so, one after the other. */
    public void script(PushDevice device, PushReply... replies) {
        scripts.computeIfAbsent(path(device), path -> new ConcurrentLinkedQueue<>())
                .addAll(List.of(replies));
    }

    /** What requests are answered for which no script is left; gets the path. */
    public void otherwise(Function<String, PushReply> reply) {
        otherwise = reply;
    }

    /** Every request for this device so far, whatever it was answered. */
    public List<ReceivedPush> received(PushDevice device) {
        String path = path(device);
        return received.stream().filter(push -> push.devicePath().equals(path)).toList();
    }

    /** Every request so far. */
    public List<ReceivedPush> received() {
        return List.copyOf(received);
    }

    /** What a strict push service would have refused: bad tokens, messages that cannot be read, missing headers. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Nullable PushDevice deviceAt(String path) {
        return devices.get(path);
    }

    PushReply next(String path) {
        Queue<PushReply> script = scripts.get(path);
        PushReply scripted = script == null ? null : script.poll();
        return scripted == null ? otherwise.apply(path) : scripted;
    }

    boolean sinks(String path) {
        boolean sink = path.startsWith(SINK);
        if (sink) {
            sunk.increment();
        }
        return sink;
    }

    void note(ReceivedPush push) {
        received.add(push);
    }

    void complain(String what) {
        complaints.add(what);
    }

    private String path(PushDevice device) {
        return device.endpoint().substring(origin().length());
    }

    private static TestPushService started(TestPushService service) {
        try {
            service.server.start();
            return service;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerConnector secure(Server server, TestCertificate certificate) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(certificate.keyStore());
        tls.setKeyStorePassword(TestCertificate.PASSWORD);
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        return new ServerConnector(
                server,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(http),
                new HttpConnectionFactory(http));
    }
}
