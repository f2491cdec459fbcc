package dev.carillon.ingest.ledger;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the two topics that feed the ledger. A record that says nothing is counted and passed over. */
final class LedgerBatches {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerBatches.class);

    private final WriteLedger ledger;
    private final WriteMarks marks;
    private final LedgerListener listener;
    private final OutcomeMetrics metrics;
    private final Counter unreadable;
    private final OutcomesFirst first;

    LedgerBatches(
            WriteLedger ledger,
            WriteMarks marks,
            LedgerListener listener,
            OutcomeMetrics metrics,
            Counter unreadable,
            OutcomesFirst first) {
        this.ledger = ledger;
        this.marks = marks;
        this.listener = listener;
        this.metrics = metrics;
        this.unreadable = unreadable;
        this.first = first;
    }

    Runnable outcomes(List<ConsumerRecord<byte[], byte[]>> records) {
        List<NotificationOutcome> all = read(records, OutcomeBatch.class).stream()
                .flatMap(batch -> batch.outcomes().stream())
                .toList();
        ledger.prepare(all);
        return () -> {
            listener.heard(ledger.write(all));
            metrics.count(all);
        };
    }

    Runnable activity(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        first.await(records);
        List<Activity> all = read(records, Activity.class);
        return () -> {
            List<NotificationOutcome> news = marks.write(all);
            listener.heard(news);
            metrics.read(news);
        };
    }

    private <T> List<T> read(List<ConsumerRecord<byte[], byte[]>> records, Class<T> type) {
        List<T> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                if (record.value() != null) {
                    all.add(Json.read(record.value(), type));
                }
            } catch (MalformedRecordException e) {
                unreadable.increment();
                LOG.warn(
                        "{}-{} at offset {} is not in the ledger: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }
        return all;
    }
}
