package dev.carillon.ingest.recipient;

import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where recipients are reached now, for what was decided earlier. */
public final class CurrentAddresses {
    private final RecipientTable table;

    CurrentAddresses(RecipientTable table) {
        this.table = table;
    }

    /** Those that are nobody else's. */
    public List<String> own(RecipientId recipient) {
        return table.addressesOf(recipient);
    }

    /**
     * Where her mail goes now, and whether she lets it be tracked now; how she is addressed stays as it was decided. Null
     * where nobody of that id is registered any more, or without an address.
     */
    public @Nullable Address now(RecipientId recipient, Address decided) {
        RecipientRow row = table.find(recipient).orElse(null);
        String email = row == null ? null : row.registration().email();
        return row == null || email == null
                ? null
                : new Address(
                        email,
                        decided.name(),
                        decided.locale(),
                        decided.timeZone(),
                        row.preferences().doNotTrack());
    }
}
