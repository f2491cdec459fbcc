package dev.carillon.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String UPSTREAM = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String UNRECORDED = "00-" + TRACE + "-00f067aa0ba902b7-00";

    private final Recorder recorder = new Recorder();

    @Test
    void everyStageIsAChildOfTheOneBefore() {
        Tracing tracing = recording(0);
        TraceSpan accepted = tracing.begin(Stage.ACCEPT, UPSTREAM);
        TraceSpan decided = tracing.begin(Stage.DECIDE, accepted.traceparent());
        decided.close();
        accepted.close();

        SpanData decide = recorder.spans.get(0);
        SpanData accept = recorder.spans.get(1);
        assertThat(List.of(accept.getName(), decide.getName())).containsExactly("accept", "decide");
        assertThat(List.of(accept.getTraceId(), decide.getTraceId())).containsOnly(TRACE);
        assertThat(accept.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(decide.getParentSpanId()).isEqualTo(accept.getSpanId());
        assertThat(decide.getInstrumentationScopeInfo().getName()).isEqualTo("carillon.router-stream");
        assertThat(decide.getResource().getAttribute(AttributeKey.stringKey("service.name")))
                .isEqualTo("a-service");
    }

    @Test
    void aTraceIsRecordedWhereTheUpstreamRecordsIt() {
        try (TraceSpan span = recording(1).begin(Stage.ACCEPT, UNRECORDED)) {
            assertThat(span.traceparent()).contains(TRACE).endsWith("-00");
        }
        assertThat(recorder.spans).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "00-0-0-01", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "<b>\r\nX: y"})
    void whereThereIsNoneThatCanBeReadATraceBeginsHere(String traceparent) {
        try (TraceSpan span = recording(1).begin(Stage.ACCEPT, traceparent)) {
            assertThat(span.traceparent()).doesNotContain(TRACE).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
        }
        assertThat(recorder.spans).hasSize(1);
    }

    @Test
    void whatGoesOutTogetherIsLinked() {
        String other = UPSTREAM.replace(TRACE, "0af7651916cd43dd8448eb211c80319c");
        recording(0)
                .begin(Stage.RELEASE, UPSTREAM, Arrays.asList(other, null, "nonsense"))
                .close();
        assertThat(recorder.spans.getFirst().getLinks())
                .singleElement()
                .satisfies(link ->
                        assertThat(link.getSpanContext().getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c"));
    }

    @Test
    void aFailedAttemptIsAnErrorWithItsReason() {
        try (TraceSpan span = recording(0).begin(Stage.DELIVER_EMAIL, UPSTREAM)) {
            span.event(new UUID(1, 1), "invoice.paid").failed(OutcomeState.RETRYING, Reason.TIMEOUT);
        }
        SpanData span = recorder.spans.getFirst();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("carillon.event.type"), "invoice.paid")
                .containsEntry(AttributeKey.stringKey("carillon.outcome"), "retrying")
                .containsEntry(AttributeKey.stringKey("carillon.reason"), "timeout");
    }

    @Test
    void spansThatTheCollectorDoesNotTakeAreCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Tracing tracing = Tracing.batching(new TracingSettings(null, 1, Map.of(), "a-service"), recorder);
        tracing.measure(registry);
        tracing.begin(Stage.ACCEPT, UPSTREAM).close();
        tracing.flush();
        assertThat(dropped(registry)).isZero();

        recorder.refuses = true;
        tracing.begin(Stage.ACCEPT, UPSTREAM).close();
        tracing.begin(Stage.ACCEPT, UPSTREAM).close();
        tracing.close();
        assertThat(recorder.spans).hasSize(1);
        assertThat(dropped(registry)).isEqualTo(2);
    }

    @Test
    void spansThatEndFasterThanTheyAreSentAreCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Tracing tracing = Tracing.batching(new TracingSettings(null, 1, Map.of(), "a-service"), recorder);
        tracing.measure(registry);
        recorder.stuck = new CompletableResultCode();
        for (int i = 0; i < 10_000; i++) {
            tracing.begin(Stage.ACCEPT, UPSTREAM).close();
        }
        double lost = registry.get("carillon.tracing.dropped")
                .tag("reason", "queue_full")
                .functionCounter()
                .count();
        recorder.stuck.succeed();
        tracing.close();
        assertThat(lost).isPositive().isEqualTo(10_000.0 - recorder.spans.size());
    }

    private static double dropped(MeterRegistry registry) {
        return registry.get("carillon.tracing.dropped")
                .tag("reason", "export_failed")
                .functionCounter()
                .count();
    }

    @Test
    void switchedOffItHandsOnWhatTheUpstreamSent() {
        Tracing off = Tracing.to(new TracingSettings(null, 1, Map.of(), "a-service"));
        assertThat(off.begin(Stage.ACCEPT, UPSTREAM).traceparent()).isEqualTo(UPSTREAM);
        assertThat(off.begin(Stage.ACCEPT, null).traceparent()).isNull();
    }

    @Test
    void settingsThatCannotBeMeantAreRefusedAndSecretsAreNotShown() {
        Map<String, String> headers = Map.of("authorization", "Bearer s3cret");
        URI endpoint = URI.create("https://collector.example.org/v1/traces");
        assertThat(new TracingSettings(endpoint, 1, headers, "a").toString())
                .contains("authorization")
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> new TracingSettings(endpoint, 1.5, headers, "a"))
                .hasMessageContaining("ratio");
        assertThatThrownBy(() -> new TracingSettings(URI.create("collector:4318"), 1, headers, "a"))
                .hasMessageContaining("endpoint");
    }

    private Tracing recording(double ratio) {
        return Tracing.recording(
                new TracingSettings(null, ratio, Map.of(), "a-service"), SimpleSpanProcessor.create(recorder));
    }

    private static final class Recorder implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();
        private volatile boolean refuses;
        private volatile CompletableResultCode stuck = CompletableResultCode.ofSuccess();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            if (refuses) {
                return CompletableResultCode.ofFailure();
            }
            spans.addAll(ended);
            return stuck;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
