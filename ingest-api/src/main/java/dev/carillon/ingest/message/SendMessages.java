package dev.carillon.ingest.message;

import dev.carillon.ingest.audience.Belonging;
import dev.carillon.ingest.intake.UserMessages;
import dev.carillon.ingest.intake.UserMessages.Sent;
import dev.carillon.ingest.intake.UserMessages.UserMessage;
import dev.carillon.ingest.message.MessageReader.Wanted;
import dev.carillon.ingest.recipient.DisplayNames;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** Sends what one user tells others: only within audiences that she belongs to, and in her own name. */
final class SendMessages {
    private final MessageReader reader;
    private final Belonging belonging;
    private final DisplayNames names;
    private final UserMessages messages;

    SendMessages(MessageReader reader, Belonging belonging, DisplayNames names, UserMessages messages) {
        this.reader = reader;
        this.belonging = belonging;
        this.names = names;
        this.messages = messages;
    }

    /**
     * Sends what she wants to.
     *
     * @throws ProblemException 422 where fields break their rules; 404 where she has no audience in common with whom it is
     *     for, or there is nobody
     */
    Sent send(RecipientId sender, JsonNode body) {
        return messages.send(() -> message(sender, reader.read(body, sender)));
    }

    private UserMessage message(RecipientId sender, Wanted wanted) {
        Targets to = targets(wanted, belonging.of(sender));
        Actor actor = new Actor(sender, names.of(sender));
        return new UserMessage(actor, wanted.id(), wanted.type(), to, wanted.content());
    }

    private Targets targets(Wanted wanted, Set<AudienceId> hers) {
        RecipientId recipient = wanted.recipient();
        if (recipient != null && !Collections.disjoint(hers, belonging.of(recipient))) {
            return Targets.ofRecipients(List.of(recipient));
        }
        AudienceId audience = wanted.audience();
        if (audience != null && hers.contains(audience)) {
            return new Targets(List.of(), List.of(audience), false, List.of(), List.of(), List.of());
        }
        throw ProblemException.of(
                HttpStatus.NOT_FOUND, "no_addressee", "there is nobody of this id whom you share an audience with");
    }
}
