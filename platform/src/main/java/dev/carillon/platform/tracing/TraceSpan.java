package dev.carillon.platform.tracing;

import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stage under way; it is over when it is closed. Its attributes are ids, types and reason codes, never who is told or
 * what.
 */
public final class TraceSpan implements AutoCloseable {
    private final @Nullable Span span;
    private final @Nullable String traceparent;

    private TraceSpan(@Nullable Span span, @Nullable String traceparent) {
        this.span = span;
        this.traceparent = traceparent;
    }

    /** A span that nobody records: what comes after it stays a child of {@code traceparent}. */
    static TraceSpan none(@Nullable String traceparent) {
        return new TraceSpan(null, traceparent);
    }

    static TraceSpan of(Span span) {
        return new TraceSpan(span, TraceParent.of(span.getSpanContext()));
    }

    /** What the next stage is a child of (W3C Trace Context); null where there is no trace. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    public TraceSpan event(UUID uid, @Nullable String type) {
        set("carillon.event.uid", uid);
        return type == null ? this : set("carillon.event.type", type);
    }

    public TraceSpan notification(UUID id) {
        return set("carillon.notification.id", id);
    }

    /** How an attempt ended, as its outcome says it. */
    public void ended(OutcomeState state, @Nullable Reason reason) {
        set("carillon.outcome", state.name().toLowerCase(Locale.ROOT));
        if (reason != null) {
            set("carillon.reason", reason.code());
        }
    }

    /** How an attempt failed, as its outcome says it. */
    public void failed(OutcomeState state, Reason reason) {
        ended(state, reason);
        failed(reason.code());
    }

    /** Marks it as an error; {@code code} is that of a reason or a problem. */
    public void failed(String code) {
        if (span != null) {
            span.setStatus(StatusCode.ERROR, code);
        }
    }

    /** Makes a text of {@code value} only where somebody records. */
    private TraceSpan set(String name, Object value) {
        if (span != null) {
            span.setAttribute(name, value.toString());
        }
        return this;
    }

    @Override
    public void close() {
        if (span != null) {
            span.end();
        }
    }
}
