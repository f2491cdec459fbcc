package dev.carillon.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/** How much a notification matters. {@code medium} is read as {@link #NORMAL}. */
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT;

    /** @throws IllegalArgumentException where the text names no priority */
    @JsonCreator
    public static Priority parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        return name.equals("MEDIUM") ? NORMAL : valueOf(name);
    }
}
