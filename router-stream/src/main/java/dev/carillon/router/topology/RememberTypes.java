package dev.carillon.router.topology;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bytes of every type, undecoded. A record that is no type changes nothing: the version before it stays in
 * force. Streams calls it for each record of the topic again at every start.
 */
final class RememberTypes implements Processor<String, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(RememberTypes.class);
    /** More is no name of a type; a letter then says by its offset which record it is. */
    private static final int LONGEST_KEY = 1_000;

    private final KnownTypes known;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable KeyValueStore<String, byte[]> store;

    RememberTypes(KnownTypes known) {
        this.known = known;
    }

    @Override
    public void init(ProcessorContext<Void, Void> running) {
        context = running;
        store = running.getStateStore(Stores.TYPES);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        String name = record.key();
        byte[] value = record.value();
        if (store == null || name == null || (value != null && !isReadable(name, value))) {
            return;
        }
        store.put(name, value);
        known.catalogue().changed();
    }

    private boolean isReadable(String name, byte[] value) {
        try {
            var _ = Json.read(value, NotificationType.class);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("A record of type {} cannot be read and changes nothing: {}", name, e.getMessage());
            known.unreadable().add(input(name), e);
            return false;
        }
    }

    private Input input(String name) {
        if (context == null) {
            throw new IllegalStateException("process before init");
        }
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of a topic has metadata"));
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        return new Input(
                metadata.topic(),
                metadata.partition(),
                metadata.offset(),
                key.length > LONGEST_KEY ? null : key,
                null,
                null,
                null);
    }
}
