package dev.carillon.schemas;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which queue a record rides: bulk work (low priority, large fan-outs) never delays direct work. */
public enum Lane {
    DIRECT("direct", ""),
    BULK("bulk", ".bulk");

    private final String code;
    private final String topicSuffix;

    Lane(String code, String topicSuffix) {
        this.code = code;
        this.topicSuffix = topicSuffix;
    }

    @JsonValue
    public String code() {
        return code;
    }

    /** What a topic of this lane appends to its name: nothing, or {@code .bulk}. */
    public String topicSuffix() {
        return topicSuffix;
    }
}
