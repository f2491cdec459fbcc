package dev.carillon.inapp.live;

import dev.carillon.platform.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Puts an {@link SseConnection} in the place of HTTP once a request's head is answered (docs/adr/003). */
final class SseTakeover {
    private final ServletContextRequest request;
    private final SseConnection connection;

    private SseTakeover(ServletContextRequest request, SseConnection connection) {
        this.request = request;
        this.connection = connection;
    }

    /**
     * Prepares to take over the connection of {@code servletRequest}.
     *
     * @throws ProblemException where it speaks another HTTP than 1: its connection carries other requests too
     */
    static SseTakeover of(HttpServletRequest servletRequest, Admission admission) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(servletRequest);
        ConnectionMetaData meta = request.getConnectionMetaData();
        if (meta.getHttpVersion().compareTo(HttpVersion.HTTP_1_1) > 0) {
            throw ProblemException.of(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "the stream is served over HTTP/1.1 only");
        }
        SseConnection connection = new SseConnection(
                meta.getConnection().getEndPoint(), meta.getConnector().getExecutor(), admission);
        return new SseTakeover(request, connection);
    }

    /** Sends the head and a first word; the events follow when the request is complete for the servlet layer. */
    void begin(HttpServletResponse response, long retryMillis) throws IOException {
        response.setHeader(HttpHeaders.CONNECTION, "close");
        response.setBufferSize(1);
        response.getOutputStream().write(SseFrame.retry(retryMillis));
        response.flushBuffer();
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    }
}
