package dev.carillon.fleet;

import static org.awaitility.Awaitility.await;

import dev.carillon.schemas.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A browser's live connection, and every event that came over it. */
public final class LiveStream implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LiveStream() {}

    /** One server-sent event. */
    public record Event(String name, JsonNode data) {}

    /** Returns when the server has said {@code connected}. */
    public static LiveStream open(String origin, String token) {
        LiveStream stream = new LiveStream();
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/api/v1/notifications/stream"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<InputStream> answer = stream.http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new AssertionError("the stream answered " + answer.statusCode() + ": "
                        + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            Thread.ofVirtual().start(() -> stream.read(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        await().atMost(WAIT)
                .until(() -> stream.events.stream().anyMatch(e -> e.name().equals("connected")));
        return stream;
    }

    /** The notifications that were shown, once there are {@code count} of them. */
    public List<JsonNode> notifications(int count) {
        await().atMost(WAIT).until(() -> notifications().size() >= count);
        return notifications();
    }

    public List<JsonNode> notifications() {
        return events.stream()
                .filter(event -> event.name().equals("notification"))
                .map(Event::data)
                .toList();
    }

    private void read(InputStream body) {
        String name = "message";
        StringBuilder data = new StringBuilder();
        try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(name, Json.mapper().readTree(data.toString())));
                    data.setLength(0);
                    name = "message";
                }
            }
        } catch (IOException e) {
            events.add(new Event("closed", Json.mapper().createObjectNode()));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
