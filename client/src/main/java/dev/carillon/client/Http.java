package dev.carillon.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls with JSON, tried again where that may help: every call of the API may be repeated. */
final class Http {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_RETRY_AFTER_DIGITS = 9;

    private final HttpClient client;
    private final URI origin;
    private final String key;
    private final Duration timeout;
    private final Retries retries;
    private final Pause pause;
    private final RandomGenerator random;

    Http(
            HttpClient client,
            URI origin,
            String key,
            Duration timeout,
            Retries retries,
            Pause pause,
            RandomGenerator random) {
        this.client = client;
        this.origin = origin;
        this.key = key;
        this.timeout = timeout;
        this.retries = retries;
        this.pause = pause;
        this.random = random;
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void rest(Duration time) throws InterruptedException;
    }

    /** @param retryAfter null where the server did not ask for any time */
    record Answer(int status, JsonNode body, @Nullable Duration retryAfter) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        Problem problem() {
            return Problem.of(status, body);
        }
    }

    Retries retries() {
        return retries;
    }

    /** A text as part of a path or of a query. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static byte[] bytes(Object body) {
        return JSON.writeValueAsBytes(body);
    }

    /** What answers with success; {@code body} is null for none. */
    Answer call(String method, String path, @Nullable Object body) {
        Answer answer = send(method, path, body == null ? null : bytes(body));
        if (!answer.isSuccess()) {
            throw new RefusedException(answer.problem());
        }
        return answer;
    }

    /** As {@link #call}, for what may not be there: then the answer has the status 404. */
    Answer find(String path) {
        Answer answer = send("GET", path, null);
        if (!answer.isSuccess() && answer.status() != 404) {
            throw new RefusedException(answer.problem());
        }
        return answer;
    }

    /** An answer that no further attempt would change. */
    Answer send(String method, String path, byte @Nullable [] body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        for (int made = 1; ; made++) {
            Duration asked;
            UnavailableException failure;
            try {
                Answer answer = answer(client.send(request, BodyHandlers.ofByteArray()));
                if (answer.isSuccess() || !answer.problem().isPassing()) {
                    return answer;
                }
                asked = answer.retryAfter();
                failure = new UnavailableException(method + " " + path + ": " + answer.problem());
            } catch (IOException e) {
                asked = null;
                failure = new UnavailableException(method + " " + path + ": no answer from " + origin, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException(method + " " + path + ": interrupted", e);
            }
            rest(made, asked, failure);
        }
    }

    /**
     * Waits before the next attempt.
     *
     * @throws UnavailableException {@code failure}, where none follows
     */
    void rest(int made, @Nullable Duration asked, UnavailableException failure) {
        Duration backoff = retries.backoff(made, random);
        Duration wait = asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
        if (made >= retries.attempts() || wait.compareTo(retries.longest()) > 0) {
            throw failure;
        }
        try {
            pause.rest(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1," + LONGEST_RETRY_AFTER_DIGITS + "}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
        return new Answer(response.statusCode(), json(response.body()), retryAfter);
    }

    /** A proxy's own answer is no JSON. */
    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    void close() {
        client.close();
    }
}
