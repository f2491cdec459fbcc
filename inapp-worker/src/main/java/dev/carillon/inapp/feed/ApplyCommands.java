package dev.carillon.inapp.feed;

import dev.carillon.schemas.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what upstream services ask about notifications that went out. Every command may be repeated. */
final class ApplyCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyCommands.class);

    private final DismissNotifications dismiss;
    private final Namings namings;

    ApplyCommands(DismissNotifications dismiss, Namings namings) {
        this.dismiss = dismiss;
        this.namings = namings;
    }

    void apply(Command command) {
        switch (command) {
            case Command.Dismiss one -> dismiss.inAdvance(one.recipient(), one.notification());
            case Command.DismissGroup group -> dismiss.groupInAdvance(group.recipient(), group.group(), group.at());
            case Command.SubjectGone gone -> dismiss.about(new SubjectKey(gone.type(), gone.id()), gone.at());
            case Command.ActorErased erased ->
                LOG.info("{} rows no longer name an actor who was erased", namings.forget(erased.actor(), null));
            case Command.Export _, Command.Erase _ -> {
                // Answered like every service does.
            }
        }
    }
}
