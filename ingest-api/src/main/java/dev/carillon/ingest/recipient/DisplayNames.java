package dev.carillon.ingest.recipient;

import dev.carillon.schemas.recipient.RecipientId;
import org.jspecify.annotations.Nullable;

/** What recipients are called. */
public final class DisplayNames {
    private final RecipientTable table;

    DisplayNames(RecipientTable table) {
        this.table = table;
    }

    /** Null where nobody of that id is registered, or without a name. */
    public @Nullable String of(RecipientId recipient) {
        return table.find(recipient).map(row -> row.registration().name()).orElse(null);
    }
}
