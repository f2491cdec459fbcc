package dev.carillon.platform.delivery;

import dev.carillon.platform.delivery.Settlement.Settled;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.repeat.Spacing;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.outcome.NotificationOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what follows from deliveries: retries, dead letters, reports to the router and outcomes, together for all that
 * ended while the last write was under way, or soon after it began. Only then has a delivery ended. One thread, to be
 * interrupted.
 */
final class Settler implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    /**
     * From one write to the next. A write has a record for each partition of outcomes, and an offset is committed behind
     * it, whether it tells of one delivery or of many.
     */
    static final Duration TOGETHER = Duration.ofMillis(10);

    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final RecordSender sender;
    private final TopicSpec outcomes;
    private final DeadLetters deadLetters;
    private final Spacing writes;

    /** @param writes keeps them apart */
    Settler(RecordSender sender, TopicSpec outcomes, DeadLetters deadLetters, Spacing writes) {
        this.sender = sender;
        this.outcomes = outcomes;
        this.deadLetters = deadLetters;
        this.writes = writes;
    }

    /**
     * A record whose fate is known.
     *
     * @param ended to be called when what follows is safe
     */
    record Ending(ConsumerRecord<byte[], byte[]> record, Settled settled, Runnable ended) {}

    void settle(Ending ending) {
        endings.add(ending);
    }

    @Override
    public void run() {
        List<Ending> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(endings.take());
                writes.await();
                endings.drainTo(batch, MOST_AT_ONCE - 1);
                writeSurely(batch);
                batch.forEach(ending -> ending.ended().run());
                batch.clear();
            }
        } catch (InterruptedException e) {
            // The worker stops; what is not written is delivered again.
            Thread.currentThread().interrupt();
        }
    }

    private void writeSurely(List<Ending> batch) throws InterruptedException {
        while (true) {
            try {
                write(batch);
                return;
            } catch (RuntimeException e) {
                LOG.error("what follows from {} deliveries is not written yet", batch.size(), e);
                Thread.sleep(AFTER_FAILURE);
            }
        }
    }

    private void write(List<Ending> batch) throws InterruptedException {
        List<OutgoingRecord> records = new ArrayList<>();
        Map<OutgoingRecord, ConsumerRecord<byte[], byte[]>> origins = new HashMap<>();
        List<NotificationOutcome> told = new ArrayList<>();
        for (Ending ending : batch) {
            OutgoingRecord follow = ending.settled().follow();
            if (follow != null) {
                records.add(follow);
                origins.put(follow, ending.record());
            }
            OutgoingRecord report = ending.settled().report();
            if (report != null) {
                records.add(report);
            }
            told.addAll(ending.settled().outcomes());
        }
        records.addAll(Outcomes.pack(outcomes, told));
        deadLetters.sendUntilAcknowledged(sender, records, origins);
    }
}
