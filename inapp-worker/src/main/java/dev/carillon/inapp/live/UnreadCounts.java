package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.Collection;
import java.util.Map;

/** Tells how many notifications recipients have not read. */
@FunctionalInterface
public interface UnreadCounts {
    /** One number for each of {@code recipients}; asked with up to some hundreds at a time. */
    Map<RecipientId, Integer> of(Collection<RecipientId> recipients);
}
