package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.deadletter.LetterRow.About;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter without its record, which may be large.
 *
 * @param channel code of a channel, or of the service that could not process the record
 * @param about what it is about, as far as it can be read
 * @param action what was done with it last; null where nothing was
 * @param note what became of it, for people
 * @param replayable whether the letter holds the record
 */
record LetterHead(
        long id,
        String channel,
        String reason,
        String detail,
        Instant at,
        About about,
        LetterState state,
        Instant changedAt,
        @Nullable Long action,
        @Nullable String note,
        boolean replayable) {}
