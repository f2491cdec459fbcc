package dev.carillon.push.webpush;

import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.platform.outbound.GuardedClients;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.platform.outbound.PinnedAddresses;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.jspecify.annotations.Nullable;

/**
 * The client that talks to push services: HTTP/2 where they speak it, pooled connections for each origin, no redirects,
 * no cookies, addresses resolved and checked by {@link PinnedAddresses} alone. Sending does not block.
 */
public final class PushHttp implements AutoCloseable {
    private static final int THREADS = 16;

    private final HttpClient client;
    private final Clock clock;

    private PushHttp(HttpClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * A started client.
     *
     * @param trust whose certificates are trusted; null for those that the Java runtime trusts
     */
    public static PushHttp start(
            PushHttpSettings settings,
            EndpointPolicy policy,
            HostLookup lookup,
            @Nullable SSLContext trust,
            Clock clock) {
        HttpClient client = GuardedClients.of(
                transport(settings, trust),
                new PinnedAddresses(lookup, policy.insecureAllowed()),
                settings.idleTimeout());
        client.setMaxConnectionsPerDestination(settings.connectionsPerOrigin());
        client.setMaxRequestsQueuedPerDestination(settings.queuedPerOrigin());
        GuardedClients.start(client, "the client for push services");
        return new PushHttp(client, clock);
    }

    /** The push service's answer; never completes exceptionally, and not later than this time-out. */
    public CompletableFuture<PushAnswer> send(PushRequest push, Duration timeout) {
        CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
        Request request = client.newRequest(push.endpoint())
                .method(HttpMethod.POST)
                .headers(headers -> headers.put("TTL", push.ttl().toSeconds())
                        .put("Urgency", push.urgency().header())
                        .put("Topic", push.topic().text())
                        .put(HttpHeader.AUTHORIZATION, push.authorization())
                        .put(HttpHeader.CONTENT_ENCODING, "aes128gcm"))
                .body(new ByteBufferRequestContent(
                        "application/octet-stream", push.body().duplicate()))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (!PushOrigin.of(push.endpoint()).secure()) {
            request.version(HttpVersion.HTTP_1_1);
        }
        request.send(new AnswerListener(answer, clock));
        return answer;
    }

    @Override
    public void close() {
        GuardedClients.stop(client, "the client for push services");
    }

    private static HttpClientTransportDynamic transport(PushHttpSettings settings, @Nullable SSLContext trust) {
        ClientConnector connector = GuardedClients.connector("push-http", THREADS, settings.connectTimeout(), trust);
        ClientConnectionFactoryOverHTTP2.HTTP2 http2 =
                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector));
        return new HttpClientTransportDynamic(connector, http2, HttpClientConnectionFactory.HTTP11);
    }
}
