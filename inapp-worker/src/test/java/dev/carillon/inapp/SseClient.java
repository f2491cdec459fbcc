package dev.carillon.inapp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a live stream and remembers its events, until it is cut or the server ends it. */
public final class SseClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new ArrayList<>();
    private final Thread reader;
    private boolean ended;
    private long retryMillis;

    /** One event; the id is that of the stream after it. */
    public record Event(String id, String name, JsonNode data) {}

    private SseClient(HttpResponse<InputStream> response) {
        this.response = response;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    public static SseClient open(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpClient http = HttpClient.newHttpClient();
        try {
            return new SseClient(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no stream", e);
        }
    }

    /** As {@code user} with a token, from {@code lastEventId} where there is one. */
    public static SseClient open(InappWorker worker, String user, @Nullable String lastEventId) {
        String authorization = "Bearer " + worker.token(user);
        URI uri = worker.uri("/api/v1/notifications/stream");
        return lastEventId == null
                ? open(uri, "Authorization", authorization)
                : open(uri, "Authorization", authorization, "Last-Event-ID", lastEventId);
    }

    public int status() {
        return response.statusCode();
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    private void read() {
        String id = "";
        String name = "";
        String data = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("retry: ")) {
                    retry(Long.parseLong(line.substring(7)));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !name.isEmpty()) {
                    add(new Event(id, name, JSON.readTree(data)));
                    name = "";
                }
            }
        } catch (IOException e) {
            // cut
        }
        synchronized (this) {
            ended = true;
        }
    }

    private synchronized void retry(long millis) {
        retryMillis = millis;
    }

    /** After which a browser would come back by itself. */
    public synchronized long retryMillis() {
        return retryMillis;
    }

    private synchronized void add(Event event) {
        events.add(event);
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public List<Event> events(String name) {
        return events().stream().filter(event -> event.name().equals(name)).toList();
    }

    public synchronized boolean ended() {
        return ended;
    }

    /** Titles of the notifications so far. */
    public List<String> titles() {
        return events("notification").stream()
                .map(event -> event.data().get("title").asString())
                .toList();
    }

    /** The id that a browser would resume from. */
    public String lastId() {
        List<Event> all = events();
        return all.isEmpty() ? "" : all.getLast().id();
    }

    public SseClient await(Predicate<SseClient> condition) {
        Awaitility.await("events: " + this).until(() -> condition.test(this));
        return this;
    }

    public SseClient awaitConnected() {
        return await(client -> !client.events("connected").isEmpty());
    }

    @Override
    public String toString() {
        return status() + " " + events();
    }

    @Override
    public void close() {
        try {
            response.body().close();
            reader.join();
        } catch (IOException e) {
            // was cut already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
