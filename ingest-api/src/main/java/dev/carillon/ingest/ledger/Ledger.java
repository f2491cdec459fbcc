package dev.carillon.ingest.ledger;

import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.UUID;

/** What became of events, for whoever shares the process and asks for no caller. */
public final class Ledger {
    /** The consumer that follows {@code outcomes}; its committed offsets say how far the ledger is. */
    public static final String ROLE = "ledger";

    private final LedgerTable table;

    Ledger(LedgerTable table) {
        this.table = table;
    }

    /** The first {@code limit} notifications of an event, by recipient; empty where nothing is known of it. */
    public List<Timeline> of(EventUid event, int limit) {
        return table.ofEvent(event, "", new UUID(0, 0), limit).stream()
                .map(Timeline::of)
                .toList();
    }

    /** Up to {@code limit} of an event's recipients of whom the ledger knows that something of it is still to end. */
    public List<RecipientId> waitingFor(EventUid event, int limit) {
        return table.openOfEvent(event, limit).stream().distinct().toList();
    }
}
