package dev.carillon.email.attachment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one limit of what files take: those of mails that are being made, those that are being fetched, and those that were
 * fetched lately, which make room for the others, the longest unused first. Whatever needs memory takes it here before.
 * Safe for all threads.
 */
final class FileMemory {
    /** What a file takes beside its content. */
    private static final int OVERHEAD = 1_024;

    private final long limit;
    private final Duration kept;
    private final Clock clock;
    private final Map<String, Kept> lately = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Object> waiting = new ArrayDeque<>();
    private long taken;

    /** @param kept how long a fetched file is there for other mails, as long as nothing else needs its room */
    FileMemory(long limit, Duration kept, Clock clock) {
        this.limit = limit;
        this.kept = kept;
        this.clock = clock;
    }

    /** A file that was fetched, and how many mails use it; only one that nobody uses makes room. */
    static final class Kept {
        private final Fetched.Content file;
        private final Instant until;
        private int users;
        private boolean forgotten;

        private Kept(Fetched.Content file, Instant until) {
            this.file = file;
            this.until = until;
        }

        Fetched.Content file() {
            return file;
        }

        private long size() {
            return file.bytes().length + (long) OVERHEAD;
        }
    }

    /**
     * Waits for room at most {@code patience}, and meanwhile before all who come later, so that who needs much gets it too.
     *
     * @return whether it is taken, to be given back
     */
    synchronized boolean take(long bytes, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Object turn = new Object();
        waiting.add(turn);
        try {
            while (!waiting.getFirst().equals(turn) || !fits(bytes)) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            taken += bytes;
            return true;
        } finally {
            waiting.remove(turn);
            notifyAll();
        }
    }

    synchronized void giveBack(long bytes) {
        taken -= bytes;
        notifyAll();
    }

    /** Keeps a file in the room that its fetch had taken, and gives back what it did not need. */
    synchronized void keep(String address, Fetched.Content file, long room) {
        Kept one = new Kept(file, clock.instant().plus(kept));
        forget(lately.put(address, one));
        taken += one.size();
        giveBack(room);
    }

    /** A file that was fetched lately; null where it is not there any more. */
    synchronized Fetched.@Nullable Content find(String address) {
        Kept one = lately.get(address);
        if (one != null && !clock.instant().isBefore(one.until)) {
            lately.remove(address);
            forget(one);
            return null;
        }
        return one == null ? null : one.file();
    }

    /** The same, to be released: as long it takes room. */
    synchronized @Nullable Kept use(String address) {
        Kept one = find(address) == null ? null : lately.get(address);
        if (one != null) {
            one.users++;
        }
        return one;
    }

    synchronized void release(Kept one) {
        one.users--;
        if (one.forgotten && one.users == 0) {
            taken -= one.size();
        }
        notifyAll();
    }

    /** How much is taken. */
    synchronized long taken() {
        return taken;
    }

    private boolean fits(long bytes) {
        Iterator<Kept> oldestFirst = lately.values().iterator();
        while (taken + bytes > limit && oldestFirst.hasNext()) {
            Kept one = oldestFirst.next();
            if (one.users == 0) {
                oldestFirst.remove();
                forget(one);
            }
        }
        return taken + bytes <= limit;
    }

    private void forget(@Nullable Kept one) {
        if (one == null) {
            return;
        }
        one.forgotten = true;
        if (one.users == 0) {
            taken -= one.size();
        }
    }
}
