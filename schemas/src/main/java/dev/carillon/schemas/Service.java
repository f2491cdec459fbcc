package dev.carillon.schemas;

import com.fasterxml.jackson.annotation.JsonValue;

/** The five services. The {@link #code()} names groups, dead letters and metrics. */
public enum Service {
    INGEST_API("ingest-api"),
    ROUTER_STREAM("router-stream"),
    INAPP_WORKER("inapp-worker"),
    EMAIL_WORKER("email-worker"),
    PUSH_WORKER("push-worker");

    private final String code;

    Service(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
