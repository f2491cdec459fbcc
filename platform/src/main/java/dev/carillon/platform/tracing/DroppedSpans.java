package dev.carillon.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.List;

/**
 * How many spans the batch processor has lost, by what it says of itself: {@code otel.sdk.processor.span.processed} of the
 * semantic conventions for SDKs, whose {@code error.type} is set where a span was not exported.
 */
final class DroppedSpans implements MetricReader {
    private static final String QUEUE_FULL = "queue_full";
    private static final String EXPORT_FAILED = "export_failed";
    static final List<String> REASONS = List.of(QUEUE_FULL, EXPORT_FAILED);

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private volatile CollectionRegistration processed = CollectionRegistration.noop();

    /** For the processor that is watched. */
    MeterProvider provider() {
        return SdkMeterProvider.builder().registerMetricReader(this).build();
    }

    /** So far. What is neither of the two, an exporter that threw, is a failed export. */
    double by(String reason) {
        return processed.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals("otel.sdk.processor.span.processed"))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .filter(point -> reason.equals(reason(point)))
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    private static String reason(LongPointData point) {
        String error = point.getAttributes().get(ERROR);
        if (error == null) {
            return "";
        }
        return error.equals(QUEUE_FULL) ? QUEUE_FULL : EXPORT_FAILED;
    }

    @Override
    public void register(CollectionRegistration registration) {
        processed = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
