package dev.carillon.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.PlannedIngest;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the ledger asks of the database: only rows of the event or of the recipient that it is about. */
class LedgerPlansTest {
    private static final EventUid EVENT = EventUid.parse("00000000-0000-4000-8000-000000000007");
    private static final RecipientId ADA = new RecipientId(PlannedIngest.RECIPIENT);

    /** What PostgreSQL calls {@code ledger_by_event} in a partition. */
    private static final String BY_EVENT = "ledger_\\d{8}_event_recipient_notification_idx";

    private static final String BY_RECIPIENT = "ledger_\\d{8}_pkey";

    private final PlannedIngest planned = PlannedIngest.open();
    private final LedgerTable table = new LedgerTable(planned.client());

    @AfterEach
    void rollBack() throws SQLException {
        planned.close();
    }

    @Test
    void everyPageOfAnEventReadsTheNextRowsOfItInOrder() {
        List<String> plans = planned.of(() -> {
            List<LedgerRow> first = table.ofEvent(EVENT, "", new UUID(0, 0), 10);
            LedgerRow last = first.getLast();
            assertThat(table.ofEvent(
                            EVENT, last.recipient().value(), last.notification().value(), 10))
                    .hasSize(10)
                    .doesNotContainAnyElementsOf(first);
        });

        assertThat(plans).hasSize(2);
        plans.forEach(plan -> {
            PlannedIngest.uses(plan, BY_EVENT);
            assertThat(plan)
                    .containsPattern("Index Cond: .*event = .*recipient")
                    .doesNotContain("Sort  (cost");
        });
    }

    @Test
    void countingWhatWasReachedReadsTheRowsOfTheEventAlone() {
        String plan = planned.of(() -> assertThat(table.reached(EVENT)).containsEntry("routed", 5L))
                .getFirst();

        PlannedIngest.uses(plan, BY_EVENT);
    }

    @Test
    void theTimelineOfARecipientReadsHerRowsAlone() {
        List<String> plans = planned.of(() -> {
            LedgerRow newest = table.ofRecipient(ADA, Instant.parse("2026-12-01T00:00:00Z"), new UUID(-1, -1), 10)
                    .getFirst();
            assertThat(table.of(ADA, newest.notification())).containsExactly(newest);
            assertThat(table.of(ADA, new NotificationId(new UUID(0, 1)))).isEmpty();
        });

        plans.forEach(plan -> {
            PlannedIngest.uses(plan, BY_RECIPIENT);
            assertThat(plan).contains("recipient = ");
        });
    }
}
