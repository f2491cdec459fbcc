package dev.carillon.router.topology;

import dev.carillon.router.state.TypeCatalogue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the bytes of every type, undecoded. */
final class RememberTypes implements Processor<String, byte[], Void, Void> {
    private final TypeCatalogue catalogue;
    private @Nullable KeyValueStore<String, byte[]> store;

    RememberTypes(TypeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(Stores.TYPES);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (store != null && record.key() != null) {
            store.put(record.key(), record.value());
            catalogue.changed();
        }
    }
}
