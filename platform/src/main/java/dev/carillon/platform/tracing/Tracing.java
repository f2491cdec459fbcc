package dev.carillon.platform.tracing;

import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records the stages of events, where it is told to. The context travels in the records themselves, never on a thread: an
 * event may wait for weeks between two stages. Safe for all threads; recording never waits for the collector, and drops
 * spans where it cannot keep up.
 */
public final class Tracing implements AutoCloseable {
    private final @Nullable SdkTracerProvider spans;
    private final DroppedSpans dropped;

    private Tracing(@Nullable SdkTracerProvider spans, DroppedSpans dropped) {
        this.spans = spans;
        this.dropped = dropped;
    }

    /** Records nothing and hands on the context of upstreams. */
    public static Tracing off() {
        return new Tracing(null, new DroppedSpans());
    }

    /** Sends to a collector where the settings name one. */
    public static Tracing to(TracingSettings settings) {
        URI endpoint = settings.endpoint();
        if (endpoint == null) {
            return off();
        }
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).setCompression("gzip");
        settings.headers().forEach(exporter::addHeader);
        return batching(settings, exporter.build());
    }

    static Tracing batching(TracingSettings settings, SpanExporter exporter) {
        DroppedSpans dropped = new DroppedSpans();
        SpanProcessor processor = BatchSpanProcessor.builder(exporter)
                .setInternalTelemetryVersion(InternalTelemetryVersion.LATEST)
                .setMeterProvider(dropped.provider())
                .build();
        return recording(settings, processor, dropped);
    }

    static Tracing recording(TracingSettings settings, SpanProcessor processor) {
        return recording(settings, processor, new DroppedSpans());
    }

    private static Tracing recording(TracingSettings settings, SpanProcessor processor, DroppedSpans dropped) {
        AttributeKey<String> service = AttributeKey.stringKey("service.name");
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(service, settings.serviceName())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
                .addSpanProcessor(processor)
                .build();
        return new Tracing(spans, dropped);
    }

    /** Counts what was recorded and did not reach the collector. */
    public void measure(MeterRegistry registry) {
        for (String reason : DroppedSpans.REASONS) {
            Metric.SPANS_DROPPED.counter(registry, dropped, counted -> counted.by(reason), reason);
        }
    }

    /**
     * Begins a stage.
     *
     * @param parent {@code traceparent} of the stage before, or of the upstream; null where a trace may begin here
     */
    public TraceSpan begin(Stage stage, @Nullable String parent) {
        return begin(stage, parent, List.of());
    }

    /** Begins a stage that goes on with several traces: a child of {@code parent}, linked to the {@code others}. */
    public TraceSpan begin(Stage stage, @Nullable String parent, List<@Nullable String> others) {
        if (spans == null) {
            return TraceSpan.none(parent);
        }
        SpanBuilder builder = spans.get(stage.scope())
                .spanBuilder(stage.spanName())
                .setSpanKind(stage.kind())
                .setParent(Context.root().with(Span.wrap(TraceParent.read(parent))));
        others.stream()
                .filter(Objects::nonNull)
                .map(TraceParent::read)
                .filter(SpanContext::isValid)
                .forEach(builder::addLink);
        return TraceSpan.of(builder.startSpan());
    }

    /** Waits until what was recorded is sent or lost. */
    void flush() {
        if (spans != null) {
            var ignored = spans.forceFlush().join(10, TimeUnit.SECONDS);
        }
    }

    /** Sends what is not sent yet, within the exporter's time-out (10 s). */
    @Override
    public void close() {
        if (spans != null) {
            spans.close();
        }
    }
}
