package dev.carillon.schemas.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;

/**
 * What an upstream service asks about notifications that went out already. Commands travel beside the deliveries, not
 * behind them: one may arrive before what it is about.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Dismiss.class, name = "dismiss"),
    @JsonSubTypes.Type(value = Command.DismissGroup.class, name = "dismiss_group"),
    @JsonSubTypes.Type(value = Command.SubjectGone.class, name = "subject_gone"),
    @JsonSubTypes.Type(value = Command.ActorErased.class, name = "actor_erased"),
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
}
