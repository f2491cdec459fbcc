package dev.carillon.ingest.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time that a question about hours covers.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Period(Instant from, Instant to) {
    private static final Duration LONGEST = Duration.ofDays(31);

    /** {@code from} and {@code to} of a query: the last day where it does not say. */
    public static Period read(Fields fields, Instant now) {
        Instant to = Objects.requireNonNullElse(fields.time("to"), now);
        Instant from = Objects.requireNonNullElse(fields.time("from"), to.minus(Duration.ofDays(1)));
        checkOrder(fields, from, to);
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            fields.refuse("from", "range", "must be at most " + LONGEST.toDays() + " days before to");
        }
        return new Period(from, to);
    }

    public static void checkOrder(Fields fields, @Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            fields.refuse("to", "order", "must be later than from");
        }
    }
}
