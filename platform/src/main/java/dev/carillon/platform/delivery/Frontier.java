package dev.carillon.platform.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The records of one partition that are on their way. They end in any order; an offset may be committed when everything
 * before it has ended. Safe for all threads.
 */
final class Frontier {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int started;
    private long octets;
    private boolean closed;
    private long next = -1;
    private long told = -1;

    /** One record, from the poll to its end. */
    static final class Entry {
        private final long offset;
        private final int octets;
        private boolean ended;

        private Entry(long offset, int octets) {
            this.offset = offset;
            this.octets = octets;
        }
    }

    /** @param octets of its value */
    synchronized Entry add(long offset, int octets) {
        Entry entry = new Entry(offset, octets);
        entries.add(entry);
        this.octets += octets;
        return entry;
    }

    /** Says whether work on a record may begin; not any more once the partition is being given away. */
    synchronized boolean start() {
        if (closed) {
            return false;
        }
        started++;
        return true;
    }

    /** Work on a record that was started is over, and what follows from it is safe. */
    synchronized void end(Entry entry) {
        entry.ended = true;
        octets -= entry.octets;
        for (Entry first = entries.peek(); first != null && first.ended; first = entries.peek()) {
            next = first.offset + 1;
            entries.remove();
        }
        stopped();
    }

    /** Work on a record that was started is given up; it is delivered again, here or elsewhere. */
    synchronized void stopped() {
        started--;
        notifyAll();
    }

    /** The offset to commit; empty where the last one asked for still holds. */
    synchronized OptionalLong committable() {
        if (next == told) {
            return OptionalLong.empty();
        }
        told = next;
        return OptionalLong.of(next);
    }

    /** A commit failed: what is committable is asked for again. */
    synchronized void uncommitted() {
        told = -1;
    }

    /** How many records have not ended. */
    synchronized int open() {
        return entries.size();
    }

    /** The size of those that have not ended. */
    synchronized long octets() {
        return octets;
    }

    /** Lets nothing begin any more. */
    synchronized void close() {
        closed = true;
    }

    /** Waits until nothing that was started is left, or the limit has passed. */
    synchronized void awaitStarted(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis(); started > 0 && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
