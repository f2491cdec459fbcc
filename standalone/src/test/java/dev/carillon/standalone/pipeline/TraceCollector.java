package dev.carillon.standalone.pipeline;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.embedded.LoopbackPort;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP, as a collector does. */
final class TraceCollector implements AutoCloseable {
    private final List<Collected> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * One span.
     *
     * @param service what the process calls itself
     */
    record Collected(String service, Span span) {
        String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        String trace() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }
    }

    TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", exchange -> {
            try (exchange;
                    InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
                take(ExportTraceServiceRequest.parseFrom(body));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    private void take(ExportTraceServiceRequest request) {
        request.getResourceSpansList().forEach(of -> {
            String service = of.getResource().getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals("service.name"))
                    .map(attribute -> attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
            of.getScopeSpansList()
                    .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(new Collected(service, span))));
        });
    }

    /** Makes a Carillon send here what upstreams record. */
    List<String> arguments() {
        return List.of(
                "--carillon.tracing.endpoint=http://" + LoopbackPort.HOST + ":"
                        + server.getAddress().getPort() + "/v1/traces",
                "--carillon.tracing.ratio=0");
    }

    /** In the order of their beginning. */
    List<Collected> trace(String id) {
        return spans.stream()
                .filter(span -> span.trace().equals(id))
                .sorted((a, b) ->
                        Long.compare(a.span().getStartTimeUnixNano(), b.span().getStartTimeUnixNano()))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
