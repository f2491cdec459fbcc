package dev.carillon.inapp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket client that remembers what it is told. */
public final class WsClient implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> messages = new ArrayList<>();
    private final List<Integer> frames = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private int closed;

    private WsClient(URI uri, @Nullable String token) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.buildAsync(URI.create(uri.toString().replaceFirst("http", "ws")), this)
                .join();
    }

    public static WsClient open(URI uri, @Nullable String token) {
        return new WsClient(uri, token);
    }

    public WsClient say(String json) {
        socket.sendText(json.replace('\'', '"'), true).join();
        return this;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            partial.toString().lines().map(JSON::readTree).forEach(messages::add);
            frames.add((int) partial.toString().lines().count());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed = status;
        return null;
    }

    /** The data of all messages of a type. */
    public synchronized List<JsonNode> data(String type) {
        return messages.stream()
                .filter(message -> message.get("type").asString().equals(type))
                .map(message -> message.get("data"))
                .toList();
    }

    /** How many messages each frame had. */
    public synchronized List<Integer> frames() {
        return List.copyOf(frames);
    }

    public synchronized String lastId() {
        return messages.getLast().path("id").asString("");
    }

    /** The status of its close; 0 while it is open. */
    public synchronized int closed() {
        return closed;
    }

    public List<String> titles() {
        return data("notification").stream()
                .map(item -> item.get("title").asString())
                .toList();
    }

    public WsClient await(Predicate<WsClient> condition) {
        Awaitility.await("messages: " + this).until(() -> condition.test(this));
        return this;
    }

    public WsClient awaitConnected() {
        return await(client -> !client.data("connected").isEmpty());
    }

    @Override
    public synchronized String toString() {
        return closed + " " + messages;
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
