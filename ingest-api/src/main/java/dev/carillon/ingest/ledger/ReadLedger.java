package dev.carillon.ingest.ledger;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Answers questions from the ledger: each caller what is hers to know. */
final class ReadLedger {
    private final LedgerTable table;

    ReadLedger(LedgerTable table) {
        this.table = table;
    }

    /** @param nextCursor null on the last page */
    record Page(List<Timeline> notifications, @Nullable String nextCursor) {}

    /**
     * How far an event came with each recipient.
     *
     * @param recipients how many of all of them reached each state in-app; null but on the first page, for counting reads
     *     every row of the event
     */
    record Receipts(
            EventUid event,
            @Nullable Map<String, Long> recipients,
            List<Timeline> notifications,
            @Nullable String nextCursor) {}

    Page ofEvent(EventUid event, ApiKey caller, String cursor, int limit) {
        Cursor from = Cursor.parse(cursor, Cursor.LOWEST);
        String recipient = from.recipient();
        requireKnown(event, caller);
        List<LedgerRow> rows = table.ofEvent(event, recipient, from.notification(), limit + 1);
        boolean everything = caller.may(Scope.RECEIPTS) || caller.may(Scope.OPERATE);
        Function<LedgerRow, Timeline> shown = everything ? Timeline::of : Timeline::withoutReceipts;
        return page(rows, limit, shown, row -> row.recipient().value());
    }

    Receipts receipts(EventUid event, ApiKey caller, String cursor, int limit) {
        Page page = ofEvent(event, caller, cursor, limit);
        Map<String, Long> reached = cursor.isEmpty() ? table.reached(event) : null;
        return new Receipts(event, reached, page.notifications(), page.nextCursor());
    }

    Page ofRecipient(RecipientId recipient, String cursor, int limit) {
        Cursor from = Cursor.parse(cursor, Cursor.NEWEST);
        List<LedgerRow> rows = table.ofRecipient(recipient, from.time(), from.notification(), limit + 1);
        return page(
                rows,
                limit,
                Timeline::of,
                row -> Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, row.acceptedAt())));
    }

    /** @throws ProblemException 404 where it is not known, or is somebody else's: which of the two is not said */
    Timeline why(RecipientId recipient, NotificationId notification) {
        return table.of(recipient, notification).stream()
                .map(Timeline::forRecipient)
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.of(HttpStatus.NOT_FOUND, "nothing is known of this notification of yours"));
    }

    /** An event of a source that the key may not publish for is as unknown to it as one that does not exist. */
    private void requireKnown(EventUid event, ApiKey caller) {
        boolean known = table.ofEvent(event, "", Cursor.LOWEST.notification(), 1).stream()
                .anyMatch(row -> isFor(caller, row.source()));
        if (!known) {
            throw ProblemException.of(
                    HttpStatus.NOT_FOUND,
                    "nothing is known of this event: it reached nobody, is too old, or is not yours");
        }
    }

    private static boolean isFor(ApiKey caller, @Nullable String source) {
        return caller.sources().isEmpty() || (source != null && caller.mayPublishFor(source));
    }

    private static Page page(
            List<LedgerRow> rows, int limit, Function<LedgerRow, Timeline> form, Function<LedgerRow, String> place) {
        boolean more = rows.size() > limit;
        List<LedgerRow> shown = more ? rows.subList(0, limit) : rows;
        LedgerRow last = more ? shown.getLast() : null;
        String next = last == null ? null : new Cursor(last.notification().value(), place.apply(last)).toString();
        return new Page(shown.stream().map(form).toList(), next);
    }
}
