package dev.carillon.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.schemas.DerivedIds;
import java.util.UUID;

/** Identifies an event for ever: derived from its source and its id at the source. */
public record EventUid(@JsonValue UUID value) {

    @JsonCreator
    public static EventUid parse(String text) {
        return new EventUid(UUID.fromString(text));
    }

    /** The uid of the event that {@code source} calls {@code id}. */
    public static EventUid of(String source, String id) {
        return new EventUid(DerivedIds.of(source, id));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
