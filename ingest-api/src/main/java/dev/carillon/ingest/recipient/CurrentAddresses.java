package dev.carillon.ingest.recipient;

import dev.carillon.schemas.recipient.RecipientId;
import org.jspecify.annotations.Nullable;

/** Where recipients are reached now, for what was decided earlier. */
public final class CurrentAddresses {
    private final RecipientTable table;

    CurrentAddresses(RecipientTable table) {
        this.table = table;
    }

    /** Null where nobody of that id is registered any more, or without an address. */
    public @Nullable String email(RecipientId recipient) {
        return table.find(recipient).map(row -> row.registration().email()).orElse(null);
    }
}
