package dev.carillon.router.topology;

import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.DueQueue;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due, in order, for at most 5 ms or 200 recipients, and less while records wait; what is left is due in the
 * next pass, after the records that came meanwhile.
 */
final class DuePass {
    private static final Logger LOG = LoggerFactory.getLogger(DuePass.class);
    private static final long MOST_NANOS = 5_000_000;
    /** About a portion of a job. */
    private static final long LEAST_NANOS = 1_000_000;

    private static final int RECIPIENTS = 200;
    /** Portions of a job: small enough that one costs about a millisecond. */
    private static final int PORTION = 20;

    private final DueQueue queue;
    private final Steps steps;
    private final Work work;
    private final GiveUp giveUp;
    private final ThreadShare share;
    private final Clock clock;

    DuePass(DueQueue queue, Steps steps, Work work, GiveUp giveUp, ThreadShare share, Clock clock) {
        this.queue = queue;
        this.steps = steps;
        this.work = work;
        this.giveUp = giveUp;
        this.share = share;
        this.clock = clock;
    }

    /** Whether it was its turn; it is offered another one soon where it was not. */
    boolean run() {
        long nanos = share.claim(this, LEAST_NANOS, MOST_NANOS);
        if (nanos > 0 && !runFor(nanos)) {
            close();
        }
        return nanos > 0;
    }

    void close() {
        share.leave(this);
    }

    /** Whether something is left. */
    private boolean runFor(long nanos) {
        long start = System.nanoTime();
        int left = RECIPIENTS;
        List<Due> due = queue.until(clock.millis(), PORTION);
        while (!due.isEmpty()) {
            for (Due next : due) {
                left -= Math.max(1, run(next, Math.min(left, PORTION)));
                if (left <= 0 || System.nanoTime() - start > nanos) {
                    return !queue.until(clock.millis(), 1).isEmpty();
                }
            }
            due = queue.until(clock.millis(), PORTION);
        }
        return false;
    }

    private int run(Due due, int most) {
        int[] done = new int[1];
        work.run(now -> done[0] = steps.due(due, most, now), (failure, now) -> giveUp(due, failure, now));
        return done[0];
    }

    private void giveUp(Due due, RuntimeException failure, Instant now) {
        LOG.error("What was due cannot be released and goes to the dead letters: {}", due.kind(), failure);
        giveUp.accept(due, failure, now);
    }
}
