package dev.carillon.ingest.audience;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.platform.personal.RecipientTables;
import dev.carillon.platform.personal.RecipientTables.Table;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Memberships. Kafka has the tombstones before the rows go. */
final class KeptMemberships implements KeepsRecipients {
    private final RecipientTables rows;
    private final ChangeMembers change;

    KeptMemberships(JdbcClient jdbc, ChangeMembers change) {
        this.rows = new RecipientTables(jdbc, List.of(Table.ofRecipient("ingest.membership")));
        this.change = change;
    }

    @Override
    public void export(RecipientId recipient, ExportParts into) {
        rows.export(recipient, List.of(), into);
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        return Map.of("membership", (long) change.leaveAll(recipient));
    }
}
