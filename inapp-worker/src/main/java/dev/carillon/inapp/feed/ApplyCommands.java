package dev.carillon.inapp.feed;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.command.Command;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Does what upstream services ask about notifications that went out. Every command may be repeated; a failure of database
 * or broker leaves the batch to be delivered again.
 */
final class ApplyCommands implements BatchAcknowledgingMessageListener<byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyCommands.class);

    private final DismissNotifications dismiss;
    private final Dismissals dismissals;

    ApplyCommands(DismissNotifications dismiss, Dismissals dismissals) {
        this.dismiss = dismiss;
        this.dismissals = dismissals;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> batch, @Nullable Acknowledgment acknowledgment) {
        batch.forEach(this::apply);
        if (acknowledgment != null) {
            acknowledgment.acknowledge();
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            apply(Json.read(record.value(), Command.class));
        } catch (MalformedRecordException e) {
            LOG.error(
                    "{}-{}@{} is no command: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void apply(Command command) {
        switch (command) {
            case Command.Dismiss one -> dismiss.inAdvance(one.recipient(), one.notification());
            case Command.DismissGroup group -> dismiss.groupInAdvance(group.recipient(), group.group(), group.at());
            case Command.SubjectGone gone -> dismiss.about(gone.type(), gone.id(), gone.at());
            case Command.ActorErased erased ->
                LOG.info("{} rows no longer name an actor who was erased", dismissals.forgetActor(erased.actor()));
        }
    }
}
