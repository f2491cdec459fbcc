package dev.carillon.router.hold;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of times of which the earliest is known, in bounded memory: at most {@value #MOST} spans are told apart. Where
 * times lie further apart the spans grow, so that the earliest is right to a 256th of what they have covered since the
 * set was last empty, and never later than it is. One thread.
 */
final class Earliest {
    static final int MOST = 512;
    /** Of no times. */
    static final long NONE = Long.MAX_VALUE;

    private static final long FINEST_MILLIS = 1_000;

    /** How many times lie in a span, by its beginning. */
    private NavigableMap<Long, Integer> spans = new TreeMap<>();

    private long width = FINEST_MILLIS;

    void add(long millis) {
        spans.merge(span(millis), 1, Integer::sum);
        while (spans.size() > MOST) {
            widen();
        }
    }

    /** Takes out one that was added. */
    void remove(long millis) {
        long span = span(millis);
        int left = spans.getOrDefault(span, 0) - 1;
        if (left > 0) {
            spans.put(span, left);
        } else {
            spans.remove(span);
        }
        if (spans.isEmpty()) {
            width = FINEST_MILLIS;
        }
    }

    /** Milliseconds since the epoch, or {@link #NONE}. */
    long millis() {
        return spans.isEmpty() ? NONE : spans.firstKey();
    }

    private void widen() {
        width *= 2;
        NavigableMap<Long, Integer> wider = new TreeMap<>();
        spans.forEach((begin, count) -> wider.merge(span(begin), count, Integer::sum));
        spans = wider;
    }

    private long span(long millis) {
        return Math.floorDiv(millis, width) * width;
    }
}
