package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.fleet.Api;
import dev.carillon.schemas.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Calls that must succeed, and what they answer. */
final class Calls implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final Api api;
    private final HttpClient http = HttpClient.newHttpClient();

    Calls(Api api) {
        this.api = api;
    }

    JsonNode upstream(String method, String path, Map<String, ?> body) {
        return answer(path, api.upstream(method, path, body));
    }

    /** What changes nothing; 504 says that the router did not answer in time. */
    JsonNode asked(String method, String path, Map<String, ?> body) {
        return answer(
                path,
                await().atMost(WAIT).until(() -> api.upstream(method, path, body), given -> given.statusCode() != 504));
    }

    private static JsonNode answer(String path, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 204);
        return Json.mapper().readTree(answer.body());
    }

    /** The status of a call that needs no login. */
    int open(String url, String type, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
