package dev.carillon.email.attachment;

import dev.carillon.platform.outbound.ForbiddenAddress;
import dev.carillon.platform.outbound.ForbiddenEndpoint;
import dev.carillon.platform.outbound.GuardedClients;
import dev.carillon.platform.outbound.HostLookup;
import dev.carillon.platform.outbound.PinnedAddresses;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file from an address that an event named: https, no redirects, no cookies, no compression, only public
 * addresses (checked when the name is resolved, and connected to as they are), no more than the limit.
 */
final class FileFetcher implements AutoCloseable {
    private static final int THREADS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    /** Request Timeout, Too Early, Too Many Requests (RFC 9110, 8470, 6585): what a later attempt may not meet. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final AttachmentSettings settings;
    private final HttpClient client;

    /** @param trust whose certificates are trusted; null for those that the Java runtime trusts */
    FileFetcher(AttachmentSettings settings, HostLookup lookup, @Nullable SSLContext trust) {
        this.settings = settings;
        this.client = GuardedClients.of(
                new HttpClientTransportOverHTTP(
                        GuardedClients.connector("email-attachments", THREADS, CONNECT_TIMEOUT, trust)),
                new PinnedAddresses(lookup, settings.allowInsecure()),
                IDLE_TIMEOUT);
        GuardedClients.start(client, "the client that fetches attachments");
    }

    /** Never completes exceptionally, and not later than the time-out. */
    CompletableFuture<Fetched> fetch(String address) {
        URI uri;
        try {
            uri = settings.policy().check(address);
        } catch (ForbiddenEndpoint e) {
            return CompletableFuture.completedFuture(new Fetched.Refused("its address " + e.getMessage()));
        }
        CompletableFuture<Fetched> answer = new CompletableFuture<>();
        Body body = new Body(settings.maxSize().toBytes());
        Request request = client.newRequest(uri)
                .headers(headers -> headers.put(HttpHeader.ACCEPT, "*/*"))
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onResponseHeaders(body::begins)
                .onResponseContent(body::takes);
        request.send(result -> answer.complete(body.ends(result)));
        return answer;
    }

    /** Collects one answer, on the client's threads one after the other. */
    private static final class Body {
        private final long limit;
        private final List<byte[]> pieces = new ArrayList<>();
        private long size;
        private boolean tooLarge;

        Body(long limit) {
            this.limit = limit;
        }

        /** What is no file is not read. */
        void begins(Response response) {
            boolean isFile = response.getStatus() == OK;
            tooLarge = isFile && response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > limit;
            if (tooLarge || !isFile) {
                var _ = response.abort(new IllegalStateException("not wanted"));
            }
        }

        void takes(Response response, ByteBuffer content) {
            boolean isFile = response.getStatus() == OK;
            tooLarge |= isFile && size + content.remaining() > limit;
            if (tooLarge || !isFile) {
                var _ = response.abort(new IllegalStateException("not wanted"));
                return;
            }
            byte[] some = new byte[content.remaining()];
            content.get(some);
            pieces.add(some);
            size += some.length;
        }

        Fetched ends(Result result) {
            if (tooLarge) {
                return new Fetched.Refused("it has more than " + limit + " bytes");
            }
            Response response = result.getResponse();
            int status = response == null ? 0 : response.getStatus();
            if (status != 0 && status != OK) {
                return status >= 500 || PASSING.contains(status)
                        ? new Fetched.Unavailable("its server answers " + status)
                        : new Fetched.Refused("its server answers " + status);
            }
            if (result.isFailed()) {
                return failed(result.getFailure());
            }
            return new Fetched.Content(
                    joined(), response == null ? null : response.getHeaders().get(HttpHeader.CONTENT_TYPE));
        }

        private byte[] joined() {
            ByteBuffer all = ByteBuffer.allocate((int) size);
            pieces.forEach(all::put);
            return all.array();
        }

        private static Fetched failed(@Nullable Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ForbiddenAddress) {
                    return new Fetched.Refused(String.valueOf(cause.getMessage()));
                }
            }
            return new Fetched.Unavailable("it could not be fetched: " + failure);
        }
    }

    @Override
    public void close() {
        GuardedClients.stop(client, "the client that fetches attachments");
    }
}
