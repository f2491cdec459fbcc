package dev.carillon.platform.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records and tells when all replicas have them. One per service; safe for all threads. Records carry the
 * producer's system time, never the pipeline's: brokers refuse timestamps an hour ahead, and retention goes by them.
 */
public final class RecordSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordSender.class);
    /** For what is on its way when it is closed. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 2_000;

    private final Producer<byte[], byte[]> producer;

    public RecordSender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Completes when the record is acknowledged, and exceptionally when that is unknown. */
    public CompletableFuture<RecordMetadata> send(OutgoingRecord record) {
        CompletableFuture<RecordMetadata> result = new CompletableFuture<>();
        try {
            var _ = producer.send(record.toProducerRecord(), (metadata, failure) -> {
                if (failure == null) {
                    result.complete(metadata);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    /**
     * Sends all and waits for all acknowledgements. A broker that is away blocks each call of the producer; that counts
     * towards the limit, and after the first that failed the others are not tried.
     *
     * @throws BrokerUnavailableException where one of them failed or the limit passed
     */
    public void sendAll(List<OutgoingRecord> records, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<CompletableFuture<?>> results = new ArrayList<>();
        for (OutgoingRecord record : records) {
            CompletableFuture<?> result = send(record);
            results.add(result);
            if (result.isCompletedExceptionally()) {
                break;
            }
        }
        try {
            CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
                    .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BrokerUnavailableException("the broker did not acknowledge: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException("the broker did not acknowledge within " + limit, e);
        }
    }

    /**
     * Gives all to the producer and does not wait for acknowledgements.
     *
     * @param acknowledged runs once every one is, in a thread that must not be kept busy
     */
    public Sending begin(List<OutgoingRecord> records, Runnable acknowledged) {
        return Sending.begin(producer, records, acknowledged);
    }

    /**
     * Sends all, again and again until the broker has acknowledged every one: for what must not be lost once its cause
     * has happened. A record may be sent twice. Ends early only by interruption.
     *
     * @return those that no broker will ever take, because they are too large
     */
    public List<OutgoingRecord> sendUntilAcknowledged(List<OutgoingRecord> records) throws InterruptedException {
        return untilAcknowledged(begin(records, () -> {}));
    }

    /** Does what {@link #sendUntilAcknowledged} does for records whose sending has begun. */
    public List<OutgoingRecord> untilAcknowledged(Sending begun) throws InterruptedException {
        List<OutgoingRecord> tooLarge = new ArrayList<>();
        Sending sending = begun;
        for (long pause = FIRST_PAUSE_MS; !sending.await(); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
            List<OutgoingRecord> open = sending.toRepeat(tooLarge);
            if (!open.isEmpty()) {
                LOG.warn("{} records are not acknowledged by the broker; sending them again", open.size());
                Thread.sleep(pause);
            }
            sending = begin(open, begun::repeated);
        }
        return tooLarge;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
