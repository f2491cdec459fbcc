package dev.carillon.ingest.recipient;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.ingest.publication.Precondition;
import dev.carillon.platform.personal.RecipientTables;
import dev.carillon.platform.personal.RecipientTables.Table;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Profiles and preferences, and who mutes whom. Kafka has the tombstone before the row goes. */
final class KeptRecipients implements KeepsRecipients {
    private final RecipientTables rows;
    private final RecipientTable table;
    private final ChangeRecipients change;

    KeptRecipients(JdbcClient jdbc, RecipientTable table, ChangeRecipients change) {
        this.rows = new RecipientTables(jdbc, List.of(Table.ofRecipient("ingest.recipient")));
        this.table = table;
        this.change = change;
    }

    @Override
    public void export(RecipientId recipient, ExportParts into) {
        rows.export(recipient, List.of(), into);
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        change.delete(recipient, new Precondition(null));
        long removed = table.forget(recipient);
        return Map.of("recipient", removed, "mutes_of_others", (long) change.unmute(recipient));
    }
}
