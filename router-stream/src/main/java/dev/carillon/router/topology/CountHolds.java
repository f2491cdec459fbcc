package dev.carillon.router.topology;

import dev.carillon.router.hold.HoldDepth;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Counts what waits in a partition that was opened, beside its records: a portion that costs milliseconds, then a pause. */
final class CountHolds {
    private static final int PORTION = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ProcessorContext<?, ?> context;
    private final HoldDepth depth;
    private @Nullable Cancellable scheduled;

    CountHolds(ProcessorContext<?, ?> context, HoldDepth depth) {
        this.context = context;
        this.depth = depth;
    }

    void begin() {
        if (depth.countNext(PORTION)) {
            scheduled = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, timestamp -> goOn());
        }
    }

    private void goOn() {
        Cancellable ticking = scheduled;
        if (!depth.countNext(PORTION) && ticking != null) {
            ticking.cancel();
        }
    }
}
