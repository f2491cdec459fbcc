package dev.carillon.schemas.outcome;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** The value of a record on {@code outcomes}: a JSON array, all of one recipient's partition. */
public record OutcomeBatch(@JsonValue List<NotificationOutcome> outcomes) {

    @JsonCreator
    public OutcomeBatch {
        outcomes = List.copyOf(outcomes);
    }
}
