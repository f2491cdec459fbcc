package dev.carillon.schemas.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream service asks about notifications that went out already, and what operators want done with everything
 * that is kept of a recipient. Commands travel beside the deliveries, not behind them: one may arrive before what it is
 * about.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Dismiss.class, name = "dismiss"),
    @JsonSubTypes.Type(value = Command.DismissGroup.class, name = "dismiss_group"),
    @JsonSubTypes.Type(value = Command.SubjectGone.class, name = "subject_gone"),
    @JsonSubTypes.Type(value = Command.ActorErased.class, name = "actor_erased"),
    @JsonSubTypes.Type(value = Command.Export.class, name = "export"),
    @JsonSubTypes.Type(value = Command.Erase.class, name = "erase"),
})
public sealed interface Command {
    Instant at();

    /** One notification is no longer true; in the recipient's partition. */
    record Dismiss(RecipientId recipient, NotificationId notification, Instant at) implements Command {}

    /** So is everything of a group that was accepted up to {@code at}; in the recipient's partition. */
    record DismissGroup(RecipientId recipient, String group, Instant at) implements Command {}

    /** A team, project or the like is gone, and with it everybody's notifications about it. */
    record SubjectGone(String type, String id, Instant at) implements Command {}

    /** Somebody was erased: notifications of what she did no longer say who did it. */
    record ActorErased(RecipientId actor, Instant at) implements Command {}

    /**
     * Every service tells on {@code replies} all that it keeps of a recipient.
     *
     * @param request names the question
     * @param addresses that mails went to, beside those that a service knows itself
     */
    record Export(String request, RecipientId recipient, List<String> addresses, Instant at) implements Command {
        public Export {
            addresses = addresses == null ? List.of() : List.copyOf(addresses);
        }
    }

    /**
     * Every service removes all that it keeps of a recipient, and says on {@code replies} that it has. A second round
     * meets what was under way during the first.
     *
     * @param request names the erasure
     * @param round from 1
     * @param addresses that mails went to and that are nobody else's
     * @param at whatever was accepted up to then is hers; what comes later is of a new person
     * @param pseudonym takes the place of her id where a row has to stay; null where it takes none
     */
    record Erase(
            String request,
            int round,
            RecipientId recipient,
            List<String> addresses,
            Instant at,
            @Nullable String pseudonym)
            implements Command {
        public Erase {
            addresses = addresses == null ? List.of() : List.copyOf(addresses);
        }

        /** Without a pseudonym. */
        public Erase(String request, int round, RecipientId recipient, List<String> addresses, Instant at) {
            this(request, round, recipient, addresses, at, null);
        }
    }
}
