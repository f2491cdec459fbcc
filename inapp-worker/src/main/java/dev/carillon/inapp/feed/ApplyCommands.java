package dev.carillon.inapp.feed;

import dev.carillon.schemas.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what upstream services ask about notifications that went out. Every command may be repeated. */
final class ApplyCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyCommands.class);

    private final DismissNotifications dismiss;
    private final Dismissals dismissals;

    ApplyCommands(DismissNotifications dismiss, Dismissals dismissals) {
        this.dismiss = dismiss;
        this.dismissals = dismissals;
    }

    void apply(Command command) {
        switch (command) {
            case Command.Dismiss one -> dismiss.inAdvance(one.recipient(), one.notification());
            case Command.DismissGroup group -> dismiss.groupInAdvance(group.recipient(), group.group(), group.at());
            case Command.SubjectGone gone -> dismiss.about(gone.type(), gone.id(), gone.at());
            case Command.ActorErased erased ->
                LOG.info("{} rows no longer name an actor who was erased", dismissals.forgetActor(erased.actor()));
            case Command.Export _, Command.Erase _ -> {
                // Answered like every service does.
            }
        }
    }
}
