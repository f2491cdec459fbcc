package dev.carillon.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an operator does with a hold. */
public enum HoldChange {
    /** It waits no longer: it goes out now, unless a rule refuses it. */
    RELEASE,
    /** It does not go out. */
    CANCEL;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
