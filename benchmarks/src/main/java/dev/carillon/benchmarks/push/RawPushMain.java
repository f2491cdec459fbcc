package dev.carillon.benchmarks.push;

import dev.carillon.benchmarks.load.Arguments;
import dev.carillon.benchmarks.load.Reporting;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The floor of push: posts the same ready-made message over HTTP/2 with as many requests in flight as the worker. */
public final class RawPushMain {
    private static final int IN_FLIGHT = 256;
    private static final int CONNECTIONS = 8;
    private static final int MESSAGE_BYTES = 500;

    private RawPushMain() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        SslContextFactory.Client tls = new SslContextFactory.Client(true);
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(connector)));
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(4 * IN_FLIGHT);
        client.start();
        URI target = URI.create(arguments.text("origin") + "/0");
        int count = arguments.number("count");
        send(client, target, count / 4);
        Reporting.measuring();
        long start = System.nanoTime();
        int accepted = send(client, target, count);
        double seconds = (System.nanoTime() - start) / 1e9;
        Reporting.result(Map.of("count", accepted, "refused", count - accepted, "seconds", seconds));
        client.stop();
    }

    private static int send(HttpClient client, URI target, int count) throws InterruptedException {
        Semaphore free = new Semaphore(IN_FLIGHT);
        AtomicInteger accepted = new AtomicInteger();
        byte[] message = new byte[MESSAGE_BYTES];
        for (int i = 0; i < count; i++) {
            free.acquire();
            client.newRequest(target)
                    .method(HttpMethod.POST)
                    .headers(headers -> headers.put("TTL", "60")
                            .put("Urgency", "normal")
                            .put("Topic", "floor")
                            .put("Content-Encoding", "aes128gcm"))
                    .body(new ByteBufferRequestContent("application/octet-stream", ByteBuffer.wrap(message)))
                    .send(result -> {
                        if (result.isSucceeded() && result.getResponse().getStatus() == 201) {
                            accepted.incrementAndGet();
                        }
                        free.release();
                    });
        }
        free.acquire(IN_FLIGHT);
        return accepted.get();
    }
}
