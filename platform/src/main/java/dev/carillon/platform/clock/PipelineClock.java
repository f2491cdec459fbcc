package dev.carillon.platform.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time that every decision uses: the system's, in UTC, plus an offset that only tests move, and only forwards.
 * Safe for all threads.
 */
public final class PipelineClock extends Clock {
    private final InstantSource source;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public PipelineClock() {
        this(InstantSource.system());
    }

    PipelineClock(InstantSource source) {
        this.source = source;
    }

    /** Moves the clock; a negative or absurd step is refused. */
    public Instant advance(Duration step) {
        if (step.isNegative() || step.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("advance must be between 0 and 400 days: " + step);
        }
        offset.accumulateAndGet(step, Duration::plus);
        return instant();
    }

    @Override
    public Instant instant() {
        return source.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the pipeline's clock is in UTC; zones belong to recipients");
    }
}
