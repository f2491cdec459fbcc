package dev.carillon.router.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Gives every store its share of the {@link StoreMemory}; made by Kafka Streams from its class's name. */
public final class BoundedStores implements RocksDBConfigSetter {
    /** Setting of Kafka Streams that holds the {@link StoreMemory} of this router. */
    static final String MEMORY = "carillon.router.store.memory";

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        if (configs.get(MEMORY) instanceof StoreMemory memory) {
            memory.applyTo(options);
        }
    }

    @Override
    public void close(String store, Options options) {
        // The memory is shared; the router closes it after the last store.
    }
}
