package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;

/** The clients that are connected to this replica. */
@FunctionalInterface
public interface LocalClients {
    /**
     * Tells those of {@code recipient} a change that every replica finds out for itself, and the count after it. A client
     * that is not connected misses it.
     */
    void tell(RecipientId recipient, Object change);
}
