package dev.carillon.ingest.ledger;

import dev.carillon.platform.http.ProblemException;
import java.util.UUID;

/**
 * Where a page ends: the last notification and what the list is ordered by.
 *
 * @param place a recipient's id, or a time in microseconds
 */
record Cursor(UUID notification, String place) {
    private static final int UUID_LENGTH = 36;

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

    /** @throws ProblemException 422 where the place is no time */
    long micros() {
        try {
            return Long.parseLong(place);
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return ProblemException.invalid("cursor", "format", "must be a next_cursor of ours");
    }

    @Override
    public String toString() {
        return notification + ":" + place;
    }
}
