package dev.carillon.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.webpush.PushDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Plays both sides: the upstream services and the end users. */
public final class Api implements AutoCloseable {
    private static final Duration TOKEN_LIFE = Duration.ofDays(300);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RunningCarillon carillon;
    private final EndUserTokens tokens;

    /** @param clock by which the end users' tokens are issued */
    public Api(RunningCarillon carillon, Clock clock) {
        this.carillon = carillon;
        this.tokens = new EndUserTokens(RunningCarillon.JWT_SECRET, "carillon", clock);
    }

    public String publish(Map<String, ?> event) {
        HttpResponse<String> answer = upstream("POST", "/api/v1/events", event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer).path("uid").asString();
    }

    public void register(String recipient, Map<String, ?> profile) {
        put("/api/v1/recipients/" + recipient, profile);
    }

    public void prefer(String recipient, Map<String, ?> preferences) {
        put("/api/v1/recipients/" + recipient + "/preferences", preferences);
    }

    public void join(String audience, String... recipients) {
        HttpResponse<String> answer =
                upstream("POST", "/api/v1/audiences/" + audience + "/members", Map.of("add", List.of(recipients)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    public void defineType(String name, Map<String, ?> type) {
        put("/api/v1/types/" + name, type);
    }

    public void subscribe(String recipient, PushDevice device) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(carillon.origin(Service.PUSH_WORKER) + "/api/v1/push/subscribe"))
                .POST(BodyPublishers.ofString(device.subscriptionJson()));
        HttpResponse<String> answer = send(request, token(recipient));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    public JsonNode feed(String recipient) {
        return json(endUser(recipient, "GET", "/api/v1/notifications?limit=100"));
    }

    public HttpResponse<String> endUser(String recipient, String method, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(carillon.origin(Service.INAPP_WORKER) + path))
                .method(method, BodyPublishers.noBody());
        return send(request, token(recipient));
    }

    public LiveStream stream(String recipient) {
        return LiveStream.open(carillon.origin(Service.INAPP_WORKER), token(recipient));
    }

    public HttpResponse<String> upstream(String method, String path, Object body) {
        return upstreamAt(carillon.origin(Service.INGEST_API), method, path, body);
    }

    /** As an upstream service at one of several processes. */
    public HttpResponse<String> upstreamAt(String origin, String method, String path, Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .method(method, BodyPublishers.ofByteArray(Json.write(body)));
        return send(request, RunningCarillon.API_KEY);
    }

    public String token(String recipient) {
        return tokens.issue(new RecipientId(recipient), TOKEN_LIFE);
    }

    private void put(String path, Object body) {
        HttpResponse<String> answer = upstream("PUT", path, body);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 204);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String bearer) {
        request.header("Authorization", "Bearer " + bearer).header("Content-Type", "application/json");
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.mapper().readTree(answer.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
