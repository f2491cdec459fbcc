package dev.carillon.inapp.feed;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores a batch and settles its groups in one transaction: a count never sees a row beside the one it replaces. */
final class StoreBatch {
    private final FeedWriter writer;
    private final SettleGroups groups;
    private final TransactionTemplate transaction;

    StoreBatch(FeedWriter writer, SettleGroups groups, TransactionTemplate transaction) {
        this.writer = writer;
        this.groups = groups;
        this.transaction = transaction;
    }

    /** @param rows in the order of their key and none twice, as {@link FeedWriter#upsert} wants them */
    Stored store(List<FeedRow> rows, Instant now) {
        boolean grouped = rows.stream().anyMatch(row -> row.item().group() != null);
        return grouped
                ? Objects.requireNonNull(transaction.execute(status -> storeAndSettle(rows, now)))
                : new Stored(writer.upsert(rows) == rows.size(), List.of());
    }

    /** What {@code rows} have replaced so far, and which of them were replaced themselves, if they were stored before. */
    List<Replaced> replaced(List<FeedRow> rows) {
        return groups.replaced(rows);
    }

    private Stored storeAndSettle(List<FeedRow> rows, Instant now) {
        int inserted = writer.upsert(rows);
        boolean replacedNone = groups.settle(rows, now) == 0;
        return new Stored(inserted == rows.size() && replacedNone, groups.replaced(rows));
    }
}
