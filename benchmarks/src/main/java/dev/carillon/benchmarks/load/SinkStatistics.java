package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.sample.Stamp;
import dev.carillon.schemas.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/** What has come to a sink since it was last asked; told to whoever connects to its port. Any thread counts. */
public final class SinkStatistics {
    private final LongAdder received = new LongAdder();
    private final Latencies latencies = new Latencies();

    /** Something came that carries its {@link Stamp}, or none. */
    public void count(byte[] bytes, int from, int to) {
        received.increment();
        int at = Stamp.find(bytes, from, to);
        if (at >= 0) {
            latencies.record(MachineClock.micros() - Stamp.read(bytes, at));
        }
    }

    /** Something came that cannot be looked into. */
    public void count() {
        received.increment();
    }

    /** Answers on a port of its own, which is returned. */
    public int serve() throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().start(() -> answer(listener));
        return listener.getLocalPort();
    }

    private void answer(ServerSocket listener) {
        try (listener) {
            while (true) {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write(Json.write(take()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("nobody can ask any more", e);
        }
    }

    private Map<String, Object> take() {
        Map<String, Object> taken = new LinkedHashMap<>();
        taken.put("received", received.sumThenReset());
        taken.put("stamped", latencies.count());
        taken.put("latency", latencies.toMap());
        latencies.reset();
        return taken;
    }

    /** What a sink in another process has counted. */
    public static JsonNode ask(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String json = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
