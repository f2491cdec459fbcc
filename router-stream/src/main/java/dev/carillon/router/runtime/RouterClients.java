package dev.carillon.router.runtime;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** Kafka's clients as Streams would make them, but for the one that reads what is to be routed and the one that writes. */
final class RouterClients implements KafkaClientSupplier {
    private final String last;
    private final BooleanSupplier busy;
    /** Whoever polls in a thread also commits there. */
    @SuppressWarnings("ThreadLocalUsage") // lives as long as its router, of which a process may have several
    private final ThreadLocal<Consumer<?, ?>> readers = new ThreadLocal<>();

    /**
     * @param last the topic that is read last
     * @param busy whether the calling thread has work that waits for no record
     */
    RouterClients(String last, BooleanSupplier busy) {
        this.last = last;
        this.busy = busy;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        return new RankedConsumer(settings, last, readers, busy);
    }

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return Admin.create(settings);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new StrictProducer(settings, readers);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return getRestoreConsumer(settings);
    }
}
