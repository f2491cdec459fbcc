package dev.carillon.ingest.personal;

import dev.carillon.platform.personal.RecipientTables;
import dev.carillon.platform.personal.RecipientTables.Table;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.ExportParts;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of one table that stay when their recipient is erased, so that what they count goes on to add up. */
public final class KeptUnderPseudonym implements KeepsRecipients {
    private final RecipientTables rows;
    private final String name;
    private final ToIntBiFunction<RecipientId, String> pseudonymise;

    /**
     * Rows of a table in the schema {@code ingest}, whose column {@code recipient} says whose a row is.
     *
     * @param name of the table, without the schema
     * @param pseudonymise gives the rows to nobody, and tells how many there were
     */
    public KeptUnderPseudonym(JdbcClient jdbc, String name, ToIntBiFunction<RecipientId, String> pseudonymise) {
        this.rows = new RecipientTables(jdbc, List.of(Table.ofRecipient("ingest." + name)));
        this.name = name;
        this.pseudonymise = pseudonymise;
    }

    @Override
    public void export(RecipientId recipient, ExportParts into) {
        rows.export(recipient, List.of(), into);
    }

    @Override
    public Map<String, Long> erase(RecipientId recipient, String pseudonym) {
        return Map.of(name, (long) pseudonymise.applyAsInt(recipient, pseudonym));
    }
}
