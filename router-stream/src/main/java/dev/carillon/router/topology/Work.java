package dev.carillon.router.topology;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One step of a partition, in two parts: first it is computed, with every change and every record collected; then what
 * was collected is applied, which cannot fail on content. A failure in the first part leaves nothing behind, so that the
 * record can be replayed later as if it had never come.
 */
final class Work {
    private final ProcessorContext<byte[], Outgoing> context;
    private final PartitionState partition;
    private final Outbox outbox;
    private final Clock clock;

    Work(ProcessorContext<byte[], Outgoing> context, PartitionState partition, Outbox outbox, Clock clock) {
        this.context = context;
        this.partition = partition;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Computes {@code step} and applies it; where computing fails, applies {@code otherwise} instead. */
    void run(Consumer<Instant> step, BiConsumer<RuntimeException, Instant> otherwise) {
        Instant now = clock.instant();
        List<Outbox.Sent> sent;
        try {
            step.accept(now);
            sent = outbox.seal();
        } catch (KafkaException e) {
            discard();
            throw e; // a store or the broker is gone: that is no fault of the record
        } catch (RuntimeException e) {
            discard();
            otherwise.accept(e, now);
            sent = outbox.seal();
        }
        try {
            apply(sent, now);
        } catch (TimeoutException e) {
            // Streams would give the record once more to stores that have seen it.
            throw new StreamsException("what was decided could not be written in time", e);
        }
    }

    private void discard() {
        partition.discard();
        outbox.discard();
    }

    private void apply(List<Outbox.Sent> sent, Instant now) {
        partition.apply(now);
        int owner = context.taskId().partition();
        // The machine's time, never the pipeline's: brokers refuse records an hour ahead, and retention goes by them.
        long timestamp = Time.SYSTEM.milliseconds();
        for (Outbox.Sent one : sent) {
            Outgoing value = new Outgoing(owner, one.value());
            context.forward(new Record<>(one.key(), value, timestamp), one.sink());
        }
    }
}
