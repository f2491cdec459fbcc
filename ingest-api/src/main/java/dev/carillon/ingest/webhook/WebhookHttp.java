package dev.carillon.ingest.webhook;

import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.ForbiddenAddress;
import dev.carillon.platform.outbound.ForbiddenEndpoint;
import dev.carillon.platform.outbound.GuardedClients;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.platform.outbound.PinnedAddresses;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** Sends messages: signed, to public addresses only, without redirects. Of an answer its status and one header count. */
final class WebhookHttp implements AutoCloseable {
    private static final String NAME = "the client for webhooks";
    private static final int THREADS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    /** What of a body is read, to use the connection again; of a longer one nothing more is wanted. */
    private static final int READ_BYTES = 65_536;

    private final EndpointPolicy policy;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient client;

    /** @param trust whose certificates are trusted; null for those that the Java runtime trusts */
    WebhookHttp(EndpointPolicy policy, Duration timeout, HostLookup lookup, @Nullable SSLContext trust, Clock clock) {
        this.policy = policy;
        this.timeout = timeout;
        this.clock = clock;
        this.client = GuardedClients.of(
                new HttpClientTransportOverHTTP(GuardedClients.connector("webhooks", THREADS, CONNECT_TIMEOUT, trust)),
                new PinnedAddresses(lookup, policy.insecureAllowed()),
                IDLE_TIMEOUT);
        GuardedClients.start(client, NAME);
    }

    /** Never completes exceptionally, and not later than the time-out. */
    CompletableFuture<Answer> send(Endpoint endpoint, Message message) {
        URI uri;
        try {
            uri = policy.check(endpoint.wanted().url());
        } catch (ForbiddenEndpoint e) {
            return CompletableFuture.completedFuture(new Answer.Unreachable("its address " + e.getMessage()));
        }
        Instant now = clock.instant();
        String id = Message.text(message.id());
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        client.newRequest(uri)
                .method(HttpMethod.POST)
                .headers(headers -> headers.put("webhook-id", id)
                        .put("webhook-timestamp", now.getEpochSecond())
                        .put(
                                "webhook-signature",
                                Signature.of(endpoint.secrets().at(now), id, now.getEpochSecond(), body))
                        .put(HttpHeader.USER_AGENT, "Carillon-Webhooks"))
                .body(new BytesRequestContent("application/json", body))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onResponseContent(new Bounded())
                .send(result -> answer.complete(answerOf(result)));
        return answer;
    }

    private Answer answerOf(Result result) {
        Response response = result.getResponse();
        int status = response == null ? 0 : response.getStatus();
        if (response != null && status != 0) {
            return Answer.of(status, response.getHeaders().get(HttpHeader.RETRY_AFTER), clock.instant());
        }
        return new Answer.Unreachable(why(result.getFailure()));
    }

    private static String why(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddress forbidden) {
                return String.valueOf(forbidden.getMessage());
            }
            if (cause instanceof UnknownHostException) {
                return "its host is not known";
            }
            if (cause instanceof TimeoutException) {
                return "it did not answer in time";
            }
        }
        return failure == null ? "no answer" : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    @Override
    public void close() {
        GuardedClients.stop(client, NAME);
    }

    /** Breaks off an endless answer. */
    private static final class Bounded implements Response.ContentListener {
        private int read;

        @Override
        public void onContent(Response response, ByteBuffer content) {
            read += content.remaining();
            content.position(content.limit());
            if (read > READ_BYTES) {
                var _ = response.abort(new IllegalStateException("the answer is longer than " + READ_BYTES));
            }
        }
    }
}
