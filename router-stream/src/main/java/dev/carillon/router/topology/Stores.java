package dev.carillon.router.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The stores of a partition, and the global one of types. None is cached: a change is in the changelog with the
 * transaction that made it.
 */
final class Stores {
    static final String PROFILE = "profile";
    static final String MEMORY = "memory";
    static final String MEMBERS = "members";
    static final String HOLDS = "holds";
    static final String SEEN = "seen";
    static final String TYPES = "types";

    private Stores() {}

    static List<StoreBuilder<?>> ofPartition(Duration dedupe) {
        return List.of(keyValue(PROFILE), keyValue(MEMORY), keyValue(MEMBERS), keyValue(HOLDS), seen(dedupe));
    }

    /** In memory: the catalogue is small, and read again from its topic at every start. */
    static StoreBuilder<KeyValueStore<String, byte[]>> types() {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(TYPES),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingDisabled();
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> keyValue(String name) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withLoggingEnabled(changelog())
                .withCachingDisabled();
    }

    private static StoreBuilder<WindowStore<Bytes, byte[]>> seen(Duration dedupe) {
        Serde<Bytes> keys = Serdes.Bytes();
        return org.apache.kafka.streams.state.Stores.windowStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentWindowStore(SEEN, dedupe, dedupe, false),
                        keys,
                        Serdes.ByteArray())
                .withLoggingEnabled(changelog())
                .withCachingDisabled();
    }

    /**
     * Small segments and a bounded lag, so that what was erased leaves the log. The broker stamps the time: the
     * timestamps of the router's inputs are ranks and no times.
     */
    private static Map<String, String> changelog() {
        return Map.of(
                "message.timestamp.type", "LogAppendTime",
                "segment.bytes", Long.toString(64L << 20),
                "segment.ms", Long.toString(Duration.ofDays(1).toMillis()),
                "min.cleanable.dirty.ratio", "0.1",
                "max.compaction.lag.ms", Long.toString(Duration.ofDays(2).toMillis()),
                "delete.retention.ms", Long.toString(Duration.ofDays(2).toMillis()));
    }
}
