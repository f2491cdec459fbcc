package dev.carillon.router.state;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Which events a partition has decided already. It counts by the router's own clock, so nothing that a client sends can
 * push the window on. Marks are collected and written by {@link #apply}.
 */
public final class Seen {
    private static final byte[] MARK = {1};
    private static final UUID FILLER = new UUID(0, 0);
    /** Clocks of two instances may differ by as much. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final WindowStore<Bytes, byte[]> store;
    private final Duration window;
    private final Set<UUID> marked = new LinkedHashSet<>();

    public Seen(WindowStore<Bytes, byte[]> store, Duration window) {
        this.store = store;
        this.window = window;
    }

    /**
     * Makes sure that the store holds something. One that is empty at a clean stop has no place for its offset; Kafka
     * Streams then takes the whole task for corrupt and restores it from the broker.
     */
    public void keepFilled(Instant now) {
        if (isBlank(now)) {
            mark(FILLER);
        }
    }

    public boolean isBlank(Instant now) {
        return !contains(FILLER, now);
    }

    public boolean contains(UUID uid, Instant now) {
        if (marked.contains(uid)) {
            return true;
        }
        // With instants it would put together a text for an error that does not happen, at each call.
        try (WindowStoreIterator<byte[]> found = store.fetch(
                key(uid), now.minus(window).toEpochMilli(), now.plus(SKEW).toEpochMilli())) {
            return found.hasNext();
        }
    }

    public void mark(UUID uid) {
        marked.add(uid);
    }

    /** Writes what was marked. */
    public void apply(Instant now) {
        marked.forEach(uid -> store.put(key(uid), MARK, now.toEpochMilli()));
        marked.clear();
    }

    public void discard() {
        marked.clear();
    }

    private static Bytes key(UUID uid) {
        return Bytes.wrap(ByteBuffer.allocate(16)
                .putLong(uid.getMostSignificantBits())
                .putLong(uid.getLeastSignificantBits())
                .array());
    }
}
