package dev.carillon.router.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through all that waits in a partition that was opened, beside its records and also where none come: a portion,
 * then a pause, and nothing more once it is through.
 */
final class MendAtOpening {
    private static final Logger LOG = LoggerFactory.getLogger(MendAtOpening.class);
    private static final int PORTION = 200;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ProcessorContext<?, ?> context;
    private final MendHolds mending;
    private final Work work;
    private final WakeUp wakeUp;
    private @Nullable Cancellable scheduled;

    MendAtOpening(ProcessorContext<?, ?> context, MendHolds mending, Work work, WakeUp wakeUp) {
        this.context = context;
        this.mending = mending;
        this.work = work;
        this.wakeUp = wakeUp;
    }

    /** Nothing can be written while a partition is opened, so it begins after a pause. */
    void begin() {
        if (mending.any()) {
            scheduled = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, timestamp -> goOn());
        }
    }

    private void goOn() {
        boolean[] through = new boolean[1];
        work.run(
                now -> through[0] = mending.next(PORTION),
                (failure, now) -> LOG.error("What waits could not be looked through", failure));
        wakeUp.considerAdded();
        Cancellable ticking = scheduled;
        if (through[0] && ticking != null) {
            ticking.cancel();
        }
    }
}
