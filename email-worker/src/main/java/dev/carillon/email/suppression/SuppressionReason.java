package dev.carillon.email.suppression;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an address must not be mailed. */
public enum SuppressionReason {
    /** A server said that it does not exist. */
    HARD_BOUNCE,
    /** It failed for a while too often in a row; ends by itself. */
    SOFT_BOUNCES,
    /** Its owner called a mail of ours spam. */
    COMPLAINT,
    /** An operator said so. */
    MANUAL;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
