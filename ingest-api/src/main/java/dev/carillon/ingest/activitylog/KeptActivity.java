package dev.carillon.ingest.activitylog;

import dev.carillon.ingest.personal.KeepsRecipients;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a recipient did, and what was done to something that has her id. */
final class KeptActivity implements KeepsRecipients {
    private final ActivityTable table;

    KeptActivity(ActivityTable table) {
        this.table = table;
    }

    @Override
    public Map<String, List<JsonNode>> export(RecipientId recipient) {
        return Map.of(
                "activity",
                table.of(recipient).stream()
                        .map(row -> Json.mapper().<JsonNode>valueToTree(row))
                        .toList());
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        return Map.of("activity", (long) table.pseudonymise(recipient, pseudonym));
    }
}
