package dev.carillon.guarantees.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.fleet.Api;
import dev.carillon.schemas.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Somebody's server that is told outcomes by webhook. Of some messages the first attempt is answered with 500, or not in
 * time; every later one is answered with 204.
 */
public final class WebhookReceiver implements AutoCloseable {

    /** How long a sender waits for the answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration STALL = TIMEOUT.plusSeconds(2);
    private static final String WEBHOOKS = "/api/v1/ops/webhooks";
    private static final int ONE_FAILS_OF = 16;
    private static final int ONE_STALLS_OF = 40;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private boolean subscribed;

    /**
     * One request.
     *
     * @param id the header {@code webhook-id}
     * @param answered whether with success
     */
    public record Got(String id, String body, boolean answered) {}

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    static WebhookReceiver start() {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            WebhookReceiver receiver = new WebhookReceiver(HttpServer.create(anyPort, 0));
            receiver.server.setExecutor(receiver.threads);
            receiver.server.createContext("/", receiver::answer);
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Wants to be told of these outcomes of these types from now on, if it has not said so before.
     *
     * @param replicas origins of all processes that hear outcomes: each knows at once what is changed there, others later
     */
    public void subscribe(Api api, List<String> replicas, List<String> outcomes, List<String> types) {
        if (subscribed) {
            return;
        }
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        Map<String, ?> wanted = Map.of("url", url, "outcomes", outcomes, "types", types);
        String made = requireStatus(201, api.upstream("POST", WEBHOOKS, wanted));
        String path = WEBHOOKS + "/" + Json.mapper().readTree(made).path("id").asString();
        for (String replica : replicas) {
            String _ = requireStatus(200, api.upstreamAt(replica, "PUT", path, wanted));
        }
        subscribed = true;
    }

    private static String requireStatus(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    public List<Got> received() {
        return List.copyOf(got);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
            boolean first = known.add(id);
            boolean fails = first && Math.floorMod(id.hashCode(), ONE_FAILS_OF) == 0;
            boolean stalls = first && Math.floorMod(id.hashCode(), ONE_STALLS_OF) == 1;
            got.add(new Got(id, body, !fails && !stalls));
            if (stalls) {
                Thread.sleep(STALL);
            }
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
