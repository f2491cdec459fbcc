package dev.carillon.platform.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that were given to the producer together, on their way. Made by {@link RecordSender#begin}. */
public final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    private final Runnable acknowledged;
    private final AtomicInteger unknown;
    private final CountDownLatch open;
    private final Queue<Failed> failed = new ConcurrentLinkedQueue<>();
    private volatile boolean timedOut;

    private record Failed(int place, OutgoingRecord record, Exception failure) {}

    private Sending(int records, Runnable acknowledged) {
        this.unknown = new AtomicInteger(records);
        this.open = new CountDownLatch(records);
        this.acknowledged = acknowledged;
    }

    static Sending begin(Producer<byte[], byte[]> producer, List<OutgoingRecord> records, Runnable acknowledged) {
        Sending sending = new Sending(records.size(), acknowledged);
        if (records.isEmpty()) {
            acknowledged.run();
        }
        for (int place = 0; place < records.size(); place++) {
            sending.send(producer, place, records.get(place));
        }
        return sending;
    }

    /** A broker that is away blocks each call for seconds: after the first that timed out the others are not tried. */
    private void send(Producer<byte[], byte[]> producer, int place, OutgoingRecord record) {
        if (timedOut) {
            ended(place, record, new TimeoutException("those before it timed out"));
            return;
        }
        try {
            var _ = producer.send(record.toProducerRecord(), (metadata, failure) -> ended(place, record, failure));
        } catch (RuntimeException e) {
            ended(place, record, e);
        }
    }

    private void ended(int place, OutgoingRecord record, @Nullable Exception failure) {
        if (failure != null) {
            timedOut |= failure instanceof TimeoutException;
            failed.add(new Failed(place, record, failure));
        }
        try {
            if (unknown.decrementAndGet() == 0 && failed.isEmpty()) {
                acknowledged.run();
            }
        } finally {
            open.countDown();
        }
    }

    /** All of them are, by all replicas. */
    public boolean isAcknowledged() {
        return open.getCount() == 0 && failed.isEmpty();
    }

    /** It is known of all of them whether they are. */
    public boolean isKnown() {
        return open.getCount() == 0;
    }

    /** Waits until it is known. @return {@link #isAcknowledged()} */
    public boolean await() throws InterruptedException {
        open.await();
        return failed.isEmpty();
    }

    /** Waits for that at most {@code limit}. @return {@link #isAcknowledged()} */
    public boolean await(Duration limit) throws InterruptedException {
        return open.await(limit.toMillis(), TimeUnit.MILLISECONDS) && failed.isEmpty();
    }

    /** What had failed is acknowledged now. */
    void repeated() {
        acknowledged.run();
    }

    /** Those that failed and may do better, in their order; those that never will are added to {@code tooLarge}. Only after {@link #await}. */
    List<OutgoingRecord> toRepeat(List<OutgoingRecord> tooLarge) {
        List<OutgoingRecord> repeat = new ArrayList<>();
        List<Failed> inOrder = new ArrayList<>(failed);
        inOrder.sort(Comparator.comparingInt(Failed::place));
        for (Failed one : inOrder) {
            if (one.failure() instanceof RecordTooLargeException) {
                LOG.error(
                        "a record for {} is too large and is not sent: {}",
                        one.record().topic().name(),
                        one.failure().getMessage());
                tooLarge.add(one.record());
            } else {
                LOG.debug("not acknowledged", one.failure());
                repeat.add(one.record());
            }
        }
        return repeat;
    }
}
