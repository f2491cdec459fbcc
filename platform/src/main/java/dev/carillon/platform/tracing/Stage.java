package dev.carillon.platform.tracing;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Locale;

/** What a span stands for. The first is a child of the upstream's span, where it sent one; each other of the one before. */
public enum Stage {
    /** An event is checked and written to the broker, until it has acknowledged. */
    ACCEPT(Service.INGEST_API, SpanKind.SERVER),
    /** A router decides for the targets of one partition. */
    DECIDE(Service.ROUTER_STREAM, SpanKind.CONSUMER),
    /** What was held goes out; linked to all that goes out with it. */
    RELEASE(Service.ROUTER_STREAM, SpanKind.INTERNAL),
    /** One attempt of a worker, with its wait for a free place. */
    DELIVER_INAPP(Service.INAPP_WORKER, SpanKind.CONSUMER),
    DELIVER_EMAIL(Service.EMAIL_WORKER, SpanKind.CONSUMER),
    DELIVER_PUSH(Service.PUSH_WORKER, SpanKind.CONSUMER);

    private final Service service;
    private final SpanKind kind;

    Stage(Service service, SpanKind kind) {
        this.service = service;
        this.kind = kind;
    }

    public static Stage delivering(Channel channel) {
        return switch (channel) {
            case INAPP -> DELIVER_INAPP;
            case EMAIL -> DELIVER_EMAIL;
            case PUSH -> DELIVER_PUSH;
        };
    }

    /** Its name in a trace: {@code deliver email}. */
    String spanName() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The instrumentation scope: spans of one process tell by it which service made them. */
    String scope() {
        return "carillon." + service.code();
    }

    SpanKind kind() {
        return kind;
    }
}
