package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.sample.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many browsers on one thread: keeps live connections open and notes when each {@link Stamp} comes in. It reads only as
 * much as that takes, so that the machine is left to the server.
 */
final class SseReaders implements AutoCloseable {
    private static final int BUFFER = 256 << 10;
    private static final byte[] CONNECTED = "event: connected".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean stopping;
    private final Thread thread;

    SseReaders() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name("sse-readers").daemon().start(this::run);
    }

    /** What of a connection's bytes is not yet understood: the last few, which a stamp may begin in. */
    private static final class Tail {
        private final byte[] bytes = new byte[Stamp.LENGTH - 1];
        private int length;
        private boolean connected;
    }

    /** Opens one more connection; returns before the server has answered. */
    void open(URI stream, String token) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(stream.getHost(), stream.getPort()));
        String request = "GET " + stream.getRawPath() + " HTTP/1.1\r\nHost: " + stream.getAuthority()
                + "\r\nAuthorization: Bearer " + token + "\r\nAccept: text/event-stream\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        channels.add(channel);
        channel.register(selector, SelectionKey.OP_READ, new Tail());
        selector.wakeup();
    }

    /**
     * Waits until this many connections are said to be connected.
     *
     * @throws IllegalStateException where that takes longer, or the server closes one
     */
    void awaitConnected(int count, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (connected.get() < count) {
            if (closed.get() > 0 || System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        connected.get() + " of " + count + " are connected, " + closed.get() + " were closed");
            }
            Thread.sleep(5);
        }
    }

    /** Waits until this many stamps have come, or none has for {@code patience}; returns how many have. */
    long awaitReceived(long count, Duration patience) throws InterruptedException {
        while (received.get() < count && System.nanoTime() - lastNanos < patience.toNanos()) {
            Thread.sleep(2);
        }
        return received.get();
    }

    void reset() {
        received.set(0);
        latencies.reset();
        lastNanos = System.nanoTime();
    }

    long received() {
        return received.get();
    }

    int closed() {
        return closed.get();
    }

    /** When the last stamp came. */
    long lastNanos() {
        return lastNanos;
    }

    Latencies latencies() {
        return latencies;
    }

    private void run() {
        try {
            while (!stopping) {
                selector.select(this::readable, 100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readable(SelectionKey key) {
        Tail tail = (Tail) key.attachment();
        try {
            buffer.clear();
            buffer.put(tail.bytes, 0, tail.length);
            int read = ((SocketChannel) key.channel()).read(buffer);
            if (read < 0) {
                closed(key);
                return;
            }
            understand(tail, buffer.array(), buffer.position());
        } catch (IOException e) {
            closed(key);
        }
    }

    private void closed(SelectionKey key) {
        key.cancel();
        if (!stopping) {
            closed.incrementAndGet();
        }
    }

    private void understand(Tail tail, byte[] bytes, int end) {
        if (!tail.connected && contains(bytes, end, CONNECTED)) {
            tail.connected = true;
            connected.incrementAndGet();
        }
        int from = 0;
        for (int at = Stamp.find(bytes, 0, end); at >= 0; at = Stamp.find(bytes, from, end)) {
            latencies.record(MachineTime.micros() - Stamp.read(bytes, at));
            received.incrementAndGet();
            lastNanos = System.nanoTime();
            from = at + Stamp.LENGTH;
        }
        tail.length = Math.min(tail.bytes.length, end - from);
        System.arraycopy(bytes, end - tail.length, tail.bytes, 0, tail.length);
    }

    private static boolean contains(byte[] bytes, int end, byte[] wanted) {
        for (int i = 0; i + wanted.length <= end; i++) {
            int same = 0;
            while (same < wanted.length && bytes[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
