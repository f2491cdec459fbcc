package dev.carillon.ingest.ledger;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Where a page ends: the last notification and what the list is ordered by.
 *
 * @param place a recipient's id, or a time in microseconds
 */
record Cursor(UUID notification, String place) {
    private static final int UUID_LENGTH = 36;
    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T00:00:00Z").toEpochMilli() * 1_000;

    /** Before the first page of a list by recipient. */
    static final Cursor LOWEST = new Cursor(new UUID(0, 0), "");

    /** Before the first page of a list by time, the newest first. */
    static final Cursor NEWEST = new Cursor(new UUID(-1, -1), Long.toString(END_OF_TIME));

    /** @throws ProblemException 422 where it is none of ours */
    static Cursor parse(String text, Cursor first) {
        if (text.isEmpty()) {
            return first;
        }
        try {
            return new Cursor(UUID.fromString(text.substring(0, UUID_LENGTH)), text.substring(UUID_LENGTH + 1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    /** @throws ProblemException 422 where the place is no recipient's id */
    String recipient() {
        if (!equals(LOWEST) && !RecipientId.isValid(place)) {
            throw malformed();
        }
        return place;
    }

    /** @throws ProblemException 422 where the place is no time that a row can have */
    Instant time() {
        if (!place.matches("\\d{1,18}") || Long.parseLong(place) > END_OF_TIME) {
            throw malformed();
        }
        return Instant.EPOCH.plus(Long.parseLong(place), ChronoUnit.MICROS);
    }

    private static ProblemException malformed() {
        return ProblemException.invalid("cursor", "format", "must be a next_cursor of ours");
    }

    @Override
    public String toString() {
        return notification + ":" + place;
    }
}
