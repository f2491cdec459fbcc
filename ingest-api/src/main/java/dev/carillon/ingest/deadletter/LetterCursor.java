package dev.carillon.ingest.deadletter;

import dev.carillon.platform.http.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page of letters ends: the time of the last one, to the microsecond, and its id. */
record LetterCursor(Instant at, long id) {
    private static final LetterCursor FIRST = new LetterCursor(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** @throws ProblemException 422 where it is none of ours */
    static LetterCursor parse(String text) {
        if (text.isEmpty()) {
            return FIRST;
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw ProblemException.invalid("cursor", "format", "must be a next_cursor of ours");
        }
        Instant at = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
        return new LetterCursor(at, Long.parseLong(parts.group(2)));
    }

    static LetterCursor of(LetterHead last) {
        return new LetterCursor(last.at(), last.id());
    }

    @Override
    public String toString() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + id;
    }
}
