package dev.carillon.router.topology;

import java.util.IdentityHashMap;

/**
 * Shares a thread's time between its records and what is due in its partitions: half each while both wait, all of it where
 * only one does. Streams asks for new records only when those it has are processed, and offers a pass after every few of
 * them: with a pass of its full length each time, an urgent event would wait for seconds. Of one thread, which alone uses it.
 */
final class ThreadShare {
    /** By partition that still has something due. */
    private final IdentityHashMap<Object, Waiting> waiting = new IdentityHashMap<>();

    private long records;

    /** What records had taken when a partition last had its turn, and when it last asked for one. */
    private static final class Waiting {
        private long turn;
        private long asked;
    }

    /** Counts what records took. */
    void records(long nanos) {
        records += nanos;
    }

    /**
     * What a partition may take now.
     *
     * @param least what a turn is worth; less is saved for later
     * @return nanoseconds, 0 where its turn has not come
     */
    long claim(Object partition, long least, long most) {
        Waiting known = waiting.get(partition);
        Waiting now = waiting.computeIfAbsent(partition, key -> new Waiting());
        boolean alone = known == null || known.asked == records;
        long due = alone ? most : Math.min(most, (records - now.turn) / waiting.size());
        now.asked = records;
        if (due < least) {
            return 0;
        }
        now.turn = records;
        return due;
    }

    /** Whether something is due that had no time yet. */
    boolean isBehind() {
        return !waiting.isEmpty();
    }

    /** Nothing is due in the partition any more. */
    void leave(Object partition) {
        waiting.remove(partition);
    }
}
