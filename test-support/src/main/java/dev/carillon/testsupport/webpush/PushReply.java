package dev.carillon.testsupport.webpush;

import java.util.Map;

/** How the push service answers one request. */
public sealed interface PushReply {

    /** An answer like any other. */
    record Status(int code, Map<String, String> headers, String body) implements PushReply {}

    /** No answer until the service is closed. */
    record Stall() implements PushReply {}

    /** The connection is closed without an answer. */
    record Reset() implements PushReply {}

    /** 201, and then a body that does not end. */
    record Endless() implements PushReply {}

    static PushReply created() {
        return status(201);
    }

    static PushReply status(int code) {
        return new Status(code, Map.of(), "");
    }

    static PushReply status(int code, String body) {
        return new Status(code, Map.of(), body);
    }

    static PushReply retryAfter(int code, String value) {
        return new Status(code, Map.of("Retry-After", value), "");
    }
}
