package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Shown;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.notification.NotificationId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A browser tab that watches all the time: when its stream breaks or falls silent, it goes on at any replica with the id of
 * the last event; when it is told to reload, it reads the feed.
 */
final class Watcher implements Runnable {

    /** Three times the heartbeat. */
    private static final int SILENCE_MS = 6_000;

    private final String user;
    private final Calls calls;
    private final Feeds feeds;
    private final Evidence evidence;
    private final RandomGenerator random;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger reloads = new AtomicInteger();
    private volatile String origin = "";
    private String lastId = "";

    Watcher(String user, Calls calls, Feeds feeds, Evidence evidence, RandomGenerator random) {
        this.user = user;
        this.calls = calls;
        this.feeds = feeds;
        this.evidence = evidence;
        this.random = random;
    }

    /** How often it got a stream. */
    int connections() {
        return connections.get();
    }

    /** Where it has its stream, or had it last. */
    String origin() {
        return origin;
    }

    int reloads() {
        return reloads.get();
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    watch();
                } catch (IOException e) {
                    // Broken or silent: it comes back.
                }
                Thread.sleep(random.nextInt(100, 500));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() throws IOException, InterruptedException {
        origin = calls.anyOrigin(Service.INAPP_WORKER, random);
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(origin + "/api/v1/notifications/stream").toURL().openConnection();
        connection.setConnectTimeout(SILENCE_MS);
        connection.setReadTimeout(SILENCE_MS);
        connection.setRequestProperty("Authorization", "Bearer " + calls.token(user));
        if (!lastId.isEmpty()) {
            connection.setRequestProperty("Last-Event-ID", lastId);
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            read(lines);
        } finally {
            connection.disconnect();
        }
    }

    private void read(BufferedReader lines) throws IOException, InterruptedException {
        String id = "";
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data = line.substring(5).strip();
            } else if (line.isEmpty() && !name.isEmpty()) {
                handle(name, data);
                lastId = id.isEmpty() ? lastId : id;
                name = "";
                id = "";
            }
        }
    }

    private void handle(String name, String data) throws IOException, InterruptedException {
        switch (name) {
            case "connected" -> connections.incrementAndGet();
            case "notification" -> show(Json.mapper().readTree(data));
            case "reload" -> {
                reloads.incrementAndGet();
                for (JsonNode item : feeds.read(user, random)
                        .orElseThrow(() -> new IOException("no feed"))
                        .reversed()) {
                    show(item);
                }
            }
            default -> {
                // Counts, pings and changes of state show nothing new.
            }
        }
    }

    private void show(JsonNode item) {
        Shown shown = new Shown(
                user,
                NotificationId.parse(item.path("id").asString()),
                item.path("rev").toString(),
                Tokens.only(item.path("title").asString()));
        evidence.add(guarantee -> guarantee.shown(shown));
    }
}
