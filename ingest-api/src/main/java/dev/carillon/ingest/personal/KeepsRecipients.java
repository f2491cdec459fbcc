package dev.carillon.ingest.personal;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A feature that keeps something of recipients. */
public interface KeepsRecipients {
    /** All that it keeps, by the name of the table. */
    Map<String, List<JsonNode>> export(RecipientId recipient);

    /**
     * Removes it; may be asked again.
     *
     * @param pseudonym takes the place of her id where a row has to stay
     * @return how much there was, by the name of the table
     */
    Map<String, Long> erase(RecipientId recipient, String pseudonym);
}
