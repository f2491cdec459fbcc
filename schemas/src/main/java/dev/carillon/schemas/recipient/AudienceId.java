package dev.carillon.schemas.recipient;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a set of recipients: 1 to 128 of the characters {@code A-Z a-z 0-9 . _ ~ : @ + -}, case-sensitive. The
 * alphabet needs no escaping in URLs, keys and logs, and leaves 0x00 free as the separator of store keys.
 */
public record AudienceId(@JsonValue String value) implements Comparable<AudienceId> {
    /** The rule in words, for error messages. */
    public static final String RULE = "must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ : @ + -";

    @JsonCreator
    public AudienceId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an audience id " + RULE);
        }
    }

    public static boolean isValid(String value) {
        return IdAlphabet.isId(value);
    }

    @Override
    public int compareTo(AudienceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
