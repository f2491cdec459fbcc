package dev.carillon.ingest.personal;

import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.Map;

/** A feature that keeps something of recipients. */
public interface KeepsRecipients {
    /** Tells all that it keeps, a table after the other. */
    void export(RecipientId recipient, ExportParts into);

    /**
     * Removes it; may be asked again.
     *
     * @param pseudonym takes the place of her id where a row has to stay
     * @return how much there was, by the name of the table
     */
    Map<String, Long> erase(RecipientId recipient, String pseudonym);
}
