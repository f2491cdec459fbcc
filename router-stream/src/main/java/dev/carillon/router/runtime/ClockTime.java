package dev.carillon.router.runtime;

import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The pipeline's clock as Kafka Streams reads the time: a release that is due fires also where a test moved the clock,
 * without anything that ticks. Durations are real.
 */
final class ClockTime implements Time {
    private final Clock clock;

    ClockTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long milliseconds() {
        return clock.millis();
    }

    @Override
    public long nanoseconds() {
        return Time.SYSTEM.nanoseconds();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object monitor, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        long left = deadlineMillis - milliseconds();
        Time.SYSTEM.waitObject(monitor, condition, Time.SYSTEM.milliseconds() + left);
    }
}
