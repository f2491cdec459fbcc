package dev.carillon.testsupport.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server on the loopback that keeps what it is sent and otherwise does what the test's script says: once per
 * {@link #next}, always per {@link #whenever}, else what a friendly relay does.
 */
public final class FakeRelay implements AutoCloseable {

    /** What a script can react to. WITHIN is the content's first line, CONTENT the final dot. */
    public enum On {
        GREETING,
        EHLO,
        STARTTLS,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        WITHIN,
        CONTENT,
        RSET,
        NOOP
    }

    /** A message as it came, the dots unstuffed. */
    public record Received(String sender, String recipient, String content, boolean overTls) {}

    private record Rule(Predicate<String> argument, Reaction reaction) {}

    private final ServerSocket server;
    private final Thread acceptor;
    private final Map<On, Queue<Reaction>> once = Collections.synchronizedMap(new EnumMap<>(On.class));
    private final Map<On, List<Rule>> always = Collections.synchronizedMap(new EnumMap<>(On.class));
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile List<String> extensions = List.of("PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 1000000");
    private volatile @Nullable SSLSocketFactory tls;
    private volatile boolean tlsFromTheFirstByte;
    private volatile boolean delivering = true;

    private FakeRelay(ServerSocket server) {
        this.server = server;
        this.acceptor = Thread.ofVirtual().unstarted(this::accept);
    }

    public static FakeRelay start() {
        try {
            FakeRelay relay = new FakeRelay(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            relay.acceptor.start();
            return relay;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public FakeRelay offering(String... names) {
        extensions = List.of(names);
        return this;
    }

    public FakeRelay withStartTls(SSLSocketFactory factory) {
        tls = factory;
        List<String> all = new ArrayList<>(extensions);
        all.add("STARTTLS");
        extensions = all;
        return this;
    }

    public FakeRelay withTls(SSLSocketFactory factory) {
        tls = factory;
        tlsFromTheFirstByte = true;
        return this;
    }

    /** Keeps no messages, for measuring. */
    public FakeRelay forgetting() {
        delivering = false;
        return this;
    }

    public FakeRelay next(On event, Reaction... reactions) {
        once.computeIfAbsent(event, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(reactions));
        return this;
    }

    public FakeRelay whenever(On event, Predicate<String> argument, Reaction reaction) {
        always.computeIfAbsent(event, _ -> new CopyOnWriteArrayList<>()).add(new Rule(argument, reaction));
        return this;
    }

    /** Forgets the script: a friendly relay from now on. */
    public void behave() {
        once.clear();
        always.clear();
    }

    public int port() {
        return server.getLocalPort();
    }

    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    public List<String> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }

    public int sessions() {
        return sessions.get();
    }

    public int openSessions() {
        return open.size();
    }

    /** When it returns nobody listens any more: a socket that a thread waits on is really closed only by that thread. */
    @Override
    public void close() {
        closing.countDown();
        try {
            server.close();
            acceptor.join();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                socket.setTcpNoDelay(true);
                sessions.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new FakeSession(this, socket).run();
        } catch (IOException e) {
            // The client went away.
        } finally {
            open.remove(socket);
        }
    }

    List<String> extensions() {
        return extensions;
    }

    @Nullable SSLSocketFactory tls() {
        return tls;
    }

    boolean tlsFromTheFirstByte() {
        return tlsFromTheFirstByte;
    }

    void keep(Received mail) {
        if (delivering) {
            received.add(mail);
        }
    }

    void heard(String command) {
        if (delivering) {
            commands.add(command);
        }
    }

    /** Waits; true where the relay was closed meanwhile. */
    boolean closesWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Nullable Reaction scripted(On event, String argument) {
        Queue<Reaction> queue = once.get(event);
        Reaction reaction = queue == null ? null : queue.poll();
        if (reaction != null) {
            return reaction;
        }
        for (Rule rule : always.getOrDefault(event, List.of())) {
            if (rule.argument().test(argument)) {
                return rule.reaction();
            }
        }
        return null;
    }
}
