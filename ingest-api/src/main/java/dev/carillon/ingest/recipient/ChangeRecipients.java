package dev.carillon.ingest.recipient;

import dev.carillon.ingest.publication.Precondition;
import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.util.List;

/** Changes of recipients and preferences: committed first, then published, then answered. */
final class ChangeRecipients {
    private final RecipientTable table;
    private final SettingTable<RecipientId> publication;
    private final PublishSettings publish;
    private final Clock clock;

    ChangeRecipients(
            RecipientTable table, SettingTable<RecipientId> publication, PublishSettings publish, Clock clock) {
        this.table = table;
        this.publication = publication;
        this.publish = publish;
        this.clock = clock;
    }

    RecipientRow register(RecipientId id, Registration to, Precondition condition) {
        RecipientRow row = table.register(id, to, condition, clock.instant()).orElseThrow(Precondition::failed);
        publish.publish(publication, List.of(id));
        return row;
    }

    RecipientRow prefer(RecipientId id, PreferenceDocument to, Precondition condition) {
        RecipientRow row = table.prefer(id, to, condition, clock.instant()).orElseThrow(Precondition::failed);
        publish.publish(publication, List.of(id));
        return row;
    }

    /** Deleting whom nobody registered is done already; publishing goes on where an earlier call could not finish it. */
    void delete(RecipientId id, Precondition condition) {
        boolean deleted = table.delete(id, condition, clock.instant());
        if (!deleted && condition.expected() != null) {
            throw Precondition.failed();
        }
        publish.publish(publication, List.of(id));
    }
}
