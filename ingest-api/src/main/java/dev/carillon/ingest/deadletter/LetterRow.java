package dev.carillon.ingest.deadletter;

import dev.carillon.schemas.delivery.DeadLetter.Header;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the database has it.
 *
 * @param channel code of a channel, or of the service that could not process the record
 * @param record the record that failed, byte for byte
 * @param about what it is about, as far as it can be read
 * @param action what was done with it last; null where nothing was
 * @param note what became of it, for people
 */
record LetterRow(
        long id,
        String channel,
        String reason,
        String detail,
        Instant at,
        FailedRecord record,
        About about,
        LetterState state,
        Instant changedAt,
        @Nullable Long action,
        @Nullable String note) {

    LetterHead head() {
        return new LetterHead(id, channel, reason, detail, at, about, state, changedAt, action, note, record.isKept());
    }

    /**
     * Where the record was, and what.
     *
     * @param value null for a tombstone, and where it was too large to be kept, which headers are not either then
     */
    record FailedRecord(
            String topic,
            int partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {

        /** An event without data is all headers. */
        boolean isKept() {
            return value != null || !headers.isEmpty();
        }
    }

    /** Nulls where the record cannot be read, or concerns many. */
    record About(
            @Nullable String recipient,
            @Nullable UUID notification,
            @Nullable UUID event,
            @Nullable String type,
            int attempts) {
        static final About NOTHING = new About(null, null, null, null, 0);
    }
}
