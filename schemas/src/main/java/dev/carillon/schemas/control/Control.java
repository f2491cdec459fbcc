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
import java.util.UUID;

/** A record of {@code controls}, keyed by what it is about. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Control.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Control.Erased.class, name = "erased"),
})
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

    /**
     * Nothing is delivered any more to somebody who was erased. Her id is not in it: whoever has a delivery in hand can
     * tell whether it is meant, and nobody else.
     *
     * @param person see {@link dev.carillon.schemas.recipient.ErasedId}
     * @param at of what was accepted up to then
     */
    record Erased(UUID person, Instant at) implements Control {
        public Erased {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(at, "at");
        }
    }
}
