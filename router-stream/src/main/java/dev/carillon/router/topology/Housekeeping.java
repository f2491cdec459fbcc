package dev.carillon.router.topology;

import dev.carillon.router.state.Seen;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done from time to time, at most once a second and only beside records and what is due: a punctuation of
 * its own would write a transaction each time, also where there is nothing to do. One thread.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long PAUSE_MILLIS = 1_000;
    /** Some tenths of a millisecond. */
    private static final int SLOTS = 20;

    private final Seen seen;
    private final TypeLetters letters;
    private final MendHolds mending;
    private final Work work;
    private final Clock clock;
    private long last;

    Housekeeping(Seen seen, TypeLetters letters, MendHolds mending, Work work, Clock clock) {
        this.seen = seen;
        this.letters = letters;
        this.mending = mending;
        this.work = work;
        this.clock = clock;
    }

    /** Whether something is left that no record or due time would bring about. */
    boolean isUrgent() {
        return seen.isBlank(clock.instant()) || letters.anyLeft();
    }

    void run() {
        long now = clock.millis();
        if (Math.abs(now - last) >= PAUSE_MILLIS) {
            last = now;
            work.run(this::step, (failure, at) -> LOG.error("Housekeeping failed", failure));
        }
    }

    private void step(Instant now) {
        seen.keepFilled(now);
        letters.write(now);
        boolean _ = mending.next(SLOTS);
    }
}
