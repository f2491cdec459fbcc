package dev.carillon.schemas.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A record of {@code controls}, keyed by the event's uid. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = Control.Cancel.class, name = "cancel"))
public sealed interface Control {
    Instant at();

    /**
     * Nothing of an event is delivered any more.
     *
     * @param recipients only to these; empty means to nobody
     */
    record Cancel(
            EventUid event, @JsonInclude(Include.NON_EMPTY) List<RecipientId> recipients, Instant at)
            implements Control {
        public Cancel {
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(at, "at");
            recipients = recipients == null ? List.of() : List.copyOf(recipients);
        }
    }
}
