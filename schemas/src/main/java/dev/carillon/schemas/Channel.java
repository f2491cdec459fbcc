package dev.carillon.schemas;

import com.fasterxml.jackson.annotation.JsonValue;

/** A way of reaching a recipient. The {@link #code()} is its name in JSON, topics and metrics. */
public enum Channel {
    INAPP("inapp"),
    EMAIL("email"),
    PUSH("push");

    private final String code;

    Channel(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
