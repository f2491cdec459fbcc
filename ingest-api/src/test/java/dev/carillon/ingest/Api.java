package dev.carillon.ingest;

import dev.carillon.schemas.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An HTTP client of one caller. */
record Api(String origin, @Nullable String token) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Api withToken(@Nullable String other) {
        return new Api(origin, other);
    }

    Answer post(String path, String body) {
        return send(request(path).method("POST", BodyPublishers.ofString(body)));
    }

    Answer post(String path, byte[] body, String contentType) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .method("POST", BodyPublishers.ofByteArray(body)));
    }

    Answer put(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).method("PUT", BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path, String... headers) {
        HttpRequest.Builder request = request(path).DELETE();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + origin, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What came back. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return Json.mapper().readTree(response.body());
        }

        String text(String field) {
            JsonNode value = json().get(field);
            return value == null ? "(no " + field + " in " + this + ")" : value.asString();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("(none)");
        }

        /** Field and rule of every error, as {@code actor.nme unknown_field}. */
        List<String> errors() {
            return errors(json());
        }

        static List<String> errors(JsonNode problem) {
            JsonNode errors = problem.get("errors");
            return errors == null
                    ? List.of()
                    : StreamSupport.stream(errors.spliterator(), false)
                            .map(error -> error.get("field").stringValue() + " "
                                    + error.get("rule").stringValue())
                            .toList();
        }

        @Override
        public String toString() {
            return status() + " " + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
