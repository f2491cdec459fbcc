package dev.carillon.ingest.personal;

import dev.carillon.platform.personal.RecipientTables;
import dev.carillon.platform.personal.RecipientTables.Table;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of one table that are a recipient's alone, and simply go with her. */
public final class KeptRows implements KeepsRecipients {
    private final RecipientTables rows;

    /** @param table with its schema; its column {@code recipient} says whose a row is */
    public KeptRows(JdbcClient jdbc, String table) {
        this.rows = new RecipientTables(jdbc, List.of(Table.ofRecipient(table)));
    }

    @Override
    public void export(RecipientId recipient, ExportParts into) {
        rows.export(recipient, List.of(), into);
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        return rows.erase(recipient, List.of());
    }
}
