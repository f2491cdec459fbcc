package dev.carillon.push.subscription;

import dev.carillon.schemas.recipient.RecipientId;

/** Tells the router who can be pushed to. */
@FunctionalInterface
public interface Reachability {
    /** Returns when that is safely known, and throws where it is not. */
    void reachable(RecipientId recipient, boolean reachable);
}
