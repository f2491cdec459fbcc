package dev.carillon.ingest.intake;

import java.util.Locale;

/** How an event came in. */
public enum Way {
    HTTP,
    /** The topic {@code inbound}. */
    KAFKA,
    /** One user tells others. */
    MESSAGE,
    /** An occurrence of a schedule. */
    SCHEDULE;

    /** Its name as a tag. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
