package dev.carillon.ingest.apikey;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a key may do. The {@link #code()} is its name in JSON and in the database. */
public enum Scope {
    /** Send events to recipients and audiences. */
    PUBLISH,
    /** Send events to everybody. */
    BROADCAST,
    /** Send events of priority urgent. */
    URGENT,
    /** Write recipients, preferences, audiences and types. */
    MANAGE,
    /** See who has seen and read what the key may publish. */
    RECEIPTS,
    /** Operate the installation: keys, dead letters, holds. */
    OPERATE;

    public static final List<String> CODES =
            Arrays.stream(values()).map(Scope::code).toList();

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with the rule in words */
    public static Scope parse(String code) {
        int at = CODES.indexOf(code);
        if (at < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", CODES));
        }
        return values()[at];
    }

    String authority() {
        return "SCOPE_" + code();
    }
}
