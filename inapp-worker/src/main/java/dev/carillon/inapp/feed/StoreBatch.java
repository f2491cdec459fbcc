package dev.carillon.inapp.feed;

import dev.carillon.inapp.feed.FeedWriter.Written;
import dev.carillon.schemas.activity.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores a batch and settles its groups in one transaction: a count never sees a row beside the one it replaces. */
final class StoreBatch {
    private final FeedWriter writer;
    private final SettleGroups groups;
    private final GoneSubjects gone;
    private final TransactionTemplate transaction;

    StoreBatch(FeedWriter writer, SettleGroups groups, GoneSubjects gone, TransactionTemplate transaction) {
        this.writer = writer;
        this.groups = groups;
        this.gone = gone;
        this.transaction = transaction;
    }

    /**
     * Stores a batch, or nothing of it where a subject has gone since {@code oldest}.
     *
     * @param rows in the order of their key and none twice, as {@link FeedWriter#upsert} wants them
     * @param oldest acceptance of what may be about a subject that is gone; null where nothing is
     * @return null where nothing is stored
     */
    @Nullable Stored storeUnlessGone(List<FeedRow> rows, @Nullable Instant oldest, Instant now) {
        boolean grouped = rows.stream().anyMatch(row -> row.item().group() != null);
        if (grouped) {
            return transaction.execute(status -> storeAndSettle(rows, oldest, now));
        }
        Written written = write(rows, oldest);
        return written.heldBack() ? null : new Stored(written.inserted() == rows.size(), List.of(), List.of());
    }

    /** The same whatever is gone. */
    Stored store(List<FeedRow> rows, Instant now) {
        return Objects.requireNonNull(storeUnlessGone(rows, null, now));
    }

    /** What {@code rows} have replaced so far, and which of them were replaced themselves, if they were stored before. */
    List<Replaced> replaced(List<FeedRow> rows) {
        return groups.replaced(rows);
    }

    private @Nullable Stored storeAndSettle(List<FeedRow> rows, @Nullable Instant oldest, Instant now) {
        Written written = write(rows, oldest);
        if (written.heldBack()) {
            return null;
        }
        boolean allAsTheyCame = groups.settle(rows, now) == 0 && written.inserted() == rows.size();
        List<Activity.Dismissed> dismissed = allAsTheyCame ? List.of() : groups.dismissed(rows);
        return new Stored(allAsTheyCame, groups.replaced(rows), dismissed);
    }

    private Written write(List<FeedRow> rows, @Nullable Instant oldest) {
        Written written = writer.upsert(rows, oldest);
        gone.heard(written.newestGone());
        return written;
    }
}
