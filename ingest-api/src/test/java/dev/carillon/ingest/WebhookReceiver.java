package dev.carillon.ingest;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.schemas.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Somebody's server for webhooks. Each path answers 204, or what it is told to, and keeps what it got. */
final class WebhookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> closed = new ConcurrentHashMap<>();

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One request. */
    record Got(String path, HttpHeaders headers, String body) {
        String id() {
            return headers.firstValue("webhook-id").orElse("(none)");
        }

        JsonNode json() {
            return Json.mapper().readTree(body);
        }

        String data(String field) {
            return json().get("data").path(field).asString("(none)");
        }

        /** Whether one of its signatures is the one that the library of Standard Webhooks makes. */
        boolean isSignedWith(String secret) {
            try {
                long timestamp =
                        Long.parseLong(headers.firstValue("webhook-timestamp").orElse("0"));
                String signature = new Webhook(secret).sign(id(), timestamp, body);
                return List.of(headers.firstValue("webhook-signature")
                                .orElse("")
                                .split(" "))
                        .contains(signature);
            } catch (WebhookSigningException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private record Reply(int status, @Nullable String retryAfter) {}

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The next answer that is not yet told. */
    void reply(String path, int status, @Nullable String retryAfter) {
        replies.computeIfAbsent(path, key -> new ConcurrentLinkedQueue<>()).add(new Reply(status, retryAfter));
    }

    /** Answers nobody on this path before it is opened. */
    CountDownLatch close(String path) {
        return closed.computeIfAbsent(path, key -> new CountDownLatch(1));
    }

    List<Got> got(String path) {
        return got.stream().filter(one -> one.path().equals(path)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(new Got(path, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
        CountDownLatch latch = closed.get(path);
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Queue<Reply> told = replies.get(path);
        Reply reply = told == null ? null : told.poll();
        if (reply != null && reply.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
        }
        exchange.sendResponseHeaders(reply == null ? 204 : reply.status(), -1);
        exchange.close();
    }

    @Override
    public void close() {
        closed.values().forEach(CountDownLatch::countDown);
        server.stop(0);
        threads.shutdownNow();
    }
}
