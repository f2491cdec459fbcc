package dev.carillon.platform.outbound;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients for addresses that somebody else gave us: no redirects, no cookies, no compression, no name of ours,
 * and connected to what {@link PinnedAddresses} allows alone.
 */
public final class GuardedClients {
    private GuardedClients() {}

    /**
     * How a client connects.
     *
     * @param trust whose certificates are trusted; null for those that the Java runtime trusts
     */
    public static ClientConnector connector(
            String name, int threads, Duration connectTimeout, @Nullable SSLContext trust) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (trust != null) {
            tls.setSslContext(trust);
        }
        QueuedThreadPool pool = new QueuedThreadPool(threads);
        pool.setName(name);
        pool.setDaemon(true);
        ClientConnector connector = new ClientConnector();
        connector.setExecutor(pool);
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        connector.setConnectTimeout(connectTimeout);
        return connector;
    }

    /** A client that is still to be started. */
    public static HttpClient of(HttpClientTransport transport, PinnedAddresses addresses, Duration idleTimeout) {
        HttpClient client = new HttpClient(transport);
        client.setSocketAddressResolver(addresses);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setIdleTimeout(idleTimeout.toMillis());
        // Otherwise every host that was ever asked is remembered.
        client.setDestinationIdleTimeout(idleTimeout.multipliedBy(2).toMillis());
        return client;
    }

    /** What it would do with compressed answers, redirects and challenges is there once it runs, and taken away. */
    public static void start(HttpClient client, String what) {
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException(what + " does not start", e);
        }
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
    }

    public static void stop(HttpClient client, String what) {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException(what + " does not stop", e);
        }
    }
}
