package dev.carillon.ingest.console.oidc;

import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls the issuer, without redirects. */
final class IssuerHttp implements AutoCloseable {
    /** An operator waits for up to three of them. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int MOST_BYTES = 256 * 1024;
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpClient client;

    /** @param trust whose certificates are trusted; null for those that the Java runtime trusts */
    IssuerHttp(@Nullable SSLContext trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .connectTimeout(TIMEOUT);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** One that is no server's fault. */
    record Reply(int status, byte[] body) {
        boolean isOk() {
            return status == OK;
        }
    }

    /** What is published at {@code uri}. */
    byte[] get(URI uri) throws IssuerFault {
        Reply reply = send(HttpRequest.newBuilder(uri));
        if (!reply.isOk()) {
            throw IssuerFault.away(uri + " answered " + reply.status(), null);
        }
        return reply.body();
    }

    /** @param authorization header of that name; null: none */
    Reply post(URI uri, Map<String, String> form, @Nullable String authorization) throws IssuerFault {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(form)));
        return send(authorization == null ? request : request.header("Authorization", authorization));
    }

    @SuppressWarnings("Interruption") // only this ends an exchange that goes on
    private Reply send(HttpRequest.Builder request) throws IssuerFault {
        HttpRequest asked = request.header("Accept", "application/json").build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(asked, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (status >= SERVER_ERROR || status == TOO_MANY) {
                throw IssuerFault.away(asked.uri() + " answered " + status, null);
            }
            return new Reply(status, response.body());
        } catch (TimeoutException e) {
            throw IssuerFault.away(asked.uri() + " did not answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw IssuerFault.away(asked.uri() + " gave no answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IssuerFault.away("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
