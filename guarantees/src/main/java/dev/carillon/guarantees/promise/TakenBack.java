package dev.carillon.guarantees.promise;

import java.util.Set;

/**
 * A cancel that was asked for and will be answered with 202; it may take effect before it is.
 *
 * @param event what was accepted before
 * @param recipients for whom, all or some of the event's
 */
public record TakenBack(Accepted event, Set<String> recipients) {

    public TakenBack {
        recipients = Set.copyOf(recipients);
    }
}
