package dev.carillon.schemas;

/** A way of reaching a recipient. The {@link #code()} is its name in JSON, topics and metrics. */
public enum Channel {
    INAPP("inapp"),
    EMAIL("email"),
    PUSH("push");

    private final String code;

    Channel(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
