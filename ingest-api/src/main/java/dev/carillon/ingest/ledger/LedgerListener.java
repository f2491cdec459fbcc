package dev.carillon.ingest.ledger;

import dev.carillon.schemas.outcome.NotificationOutcome;
import java.util.List;

/**
 * Hears what the ledger is told: outcomes as they come, and of recipients' marks those whose notification has a row.
 * Called within the ledger's transaction, so it must neither wait for anything nor fail for what it hears.
 */
public interface LedgerListener {
    void heard(List<NotificationOutcome> outcomes);
}
