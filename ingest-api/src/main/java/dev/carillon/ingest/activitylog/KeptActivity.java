package dev.carillon.ingest.activitylog;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.Map;

/** What a recipient did, and what was done to something that has her id. */
final class KeptActivity implements KeepsRecipients {
    private final ActivityTable table;

    KeptActivity(ActivityTable table) {
        this.table = table;
    }

    @Override
    public void export(RecipientId recipient, ExportParts into) {
        into.table("activity");
        table.of(recipient, row -> into.add("activity", Json.mapper().valueToTree(row)));
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        return Map.of("activity", (long) table.pseudonymise(recipient, pseudonym));
    }
}
