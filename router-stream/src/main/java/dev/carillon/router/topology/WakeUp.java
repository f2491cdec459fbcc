package dev.carillon.router.topology;

import dev.carillon.router.hold.DueQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a partition when the next entry of its due queue is due, and only then: every punctuation costs a transaction,
 * so nothing ticks while nothing is due.
 */
final class WakeUp {
    private static final long NEXT_TURN_MILLIS = 5;

    private final ProcessorContext<?, ?> context;
    private final DueQueue queue;
    private final Clock clock;
    private final BooleanSupplier pass;
    private long next = DueQueue.NOTHING;
    private @Nullable Cancellable scheduled;

    /** @param pass whether it had its turn */
    WakeUp(ProcessorContext<?, ?> context, DueQueue queue, Clock clock, BooleanSupplier pass) {
        this.context = context;
        this.queue = queue;
        this.clock = clock;
        this.pass = pass;
    }

    /** Wakes as soon as the partition runs, whatever is due. */
    void soon() {
        schedule(clock.millis());
    }

    /** Makes sure that it wakes for what was added since the last call. */
    void considerAdded() {
        long added = queue.takeEarliestAdded();
        if (added < next) {
            schedule(added);
        }
    }

    /** Looks into the queue and wakes for its first entry. */
    void considerAll() {
        var ignored = queue.takeEarliestAdded();
        OptionalLong first = queue.next(clock.millis());
        if (first.isPresent() && first.getAsLong() < next) {
            schedule(first.getAsLong());
        }
    }

    private void schedule(long millis) {
        cancel();
        next = millis;
        Duration delay = Duration.ofMillis(Math.max(1, millis - clock.millis()));
        scheduled = context.schedule(delay, PunctuationType.WALL_CLOCK_TIME, timestamp -> wake());
    }

    private void wake() {
        cancel();
        if (pass.getAsBoolean()) {
            considerAll();
        } else {
            schedule(clock.millis() + NEXT_TURN_MILLIS);
        }
    }

    private void cancel() {
        Cancellable last = scheduled;
        if (last != null) {
            last.cancel();
        }
        scheduled = null;
        next = DueQueue.NOTHING;
    }
}
