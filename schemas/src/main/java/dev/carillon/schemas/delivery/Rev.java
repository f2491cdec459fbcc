package dev.carillon.schemas.delivery;

import java.time.Instant;
import java.util.Comparator;

/**
 * Orders the versions of one delivery: a higher one replaces a lower.
 *
 * @param acceptedAt when ingest accepted the event
 * @param offset of the record in the router's input that led to it
 */
public record Rev(Instant acceptedAt, long offset) implements Comparable<Rev> {
    private static final Comparator<Rev> ORDER =
            Comparator.comparing(Rev::acceptedAt).thenComparingLong(Rev::offset);

    @Override
    public int compareTo(Rev other) {
        return ORDER.compare(this, other);
    }
}
