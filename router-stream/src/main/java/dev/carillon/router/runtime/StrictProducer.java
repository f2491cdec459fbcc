package dev.carillon.router.runtime;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The producer that all partitions of a router's thread share. After a transaction that did not end well, or of which
 * nobody knows how it ended, it goes on only with another one: Streams then forgets what all of these partitions keep in
 * their stores and restores what was committed. By itself Streams forgets only those that it blames, and the others
 * go on with what was never written. The cases are in ADR 039. One thread.
 */
final class StrictProducer extends KafkaProducer<byte[], byte[]> {
    private final ThreadLocal<Consumer<?, ?>> readers;
    private boolean aborted;

    /** @param readers the consumer of the thread that commits */
    StrictProducer(Map<String, Object> settings, ThreadLocal<Consumer<?, ?>> readers) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.readers = readers;
    }

    /** @throws ProducerFencedException where one was aborted before */
    @Override
    public void beginTransaction() {
        if (aborted) {
            throw new ProducerFencedException("a transaction was aborted, of which other partitions keep changes");
        }
        super.beginTransaction();
    }

    @Override
    public void abortTransaction() {
        aborted = true;
        super.abortTransaction();
    }

    /**
     * As Kafka's, but with an offset in any case: by the offsets brokers recognise a former owner, and what comes due in a
     * partition without records has none.
     */
    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        ended(() -> super.sendOffsetsToTransaction(offsets.isEmpty() ? unchanged() : offsets, group));
    }

    @Override
    public void commitTransaction() {
        ended(super::commitTransaction);
    }

    /** An offset as it is committed, which changes nothing where this is still the partition's owner. */
    private Map<TopicPartition, OffsetAndMetadata> unchanged() {
        Consumer<?, ?> reader = readers.get();
        Set<TopicPartition> owned = reader == null ? Set.of() : reader.assignment();
        if (reader == null || owned.isEmpty()) {
            return Map.of();
        }
        TopicPartition any = owned.iterator().next();
        @Nullable OffsetAndMetadata committed = reader.committed(Set.of(any)).get(any);
        return Map.of(any, committed == null ? new OffsetAndMetadata(0) : committed);
    }

    private static void ended(Runnable step) {
        try {
            step.run();
        } catch (TimeoutException e) {
            ProducerFencedException unknown = new ProducerFencedException("nobody knows how a transaction ended: " + e);
            unknown.initCause(e);
            throw unknown;
        }
    }
}
