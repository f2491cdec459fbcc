package dev.carillon.router.topology;

import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which records of {@code types}, a topic of one partition, a router could not read: the last {@value #MOST}, each with
 * what is wrong with it but without its value. Any thread.
 */
final class UnreadableTypes {
    static final int MOST = 1_000;

    private final ConcurrentNavigableMap<Long, Unreadable> byOffset = new ConcurrentSkipListMap<>();

    record Unreadable(Input record, RuntimeException failure) {}

    /** A record that is read again takes its own place. */
    void add(Input record, RuntimeException failure) {
        byOffset.put(record.offset(), new Unreadable(record, failure));
        if (byOffset.size() > MOST) {
            var _ = byOffset.pollFirstEntry();
        }
    }

    boolean isEmpty() {
        return byOffset.isEmpty();
    }

    /** Those behind {@code offset}, in their order. */
    List<Unreadable> behind(long offset) {
        return List.copyOf(byOffset.tailMap(offset, false).values());
    }
}
