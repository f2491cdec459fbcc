package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.UUID;

/** What clients tell over their connection; ids that are unknown or somebody else's are ignored. */
public interface ReaderMarks {
    void acknowledged(RecipientId recipient, List<UUID> ids);

    void read(RecipientId recipient, List<UUID> ids);

    void seen(RecipientId recipient, List<UUID> ids);
}
