package dev.carillon.router.state;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store whose changes are collected first and written afterwards: {@link #apply()} writes all of them,
 * {@link #discard()} forgets them. Reads see the collected changes. One thread.
 */
public final class StagedStore {
    private static final byte[] DELETED = new byte[0];

    private final KeyValueStore<Bytes, byte[]> store;
    private final NavigableMap<Bytes, byte[]> staged = new TreeMap<>();

    public StagedStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    public byte @Nullable [] get(byte[] key) {
        Bytes bytes = Bytes.wrap(key);
        byte[] change = staged.get(bytes);
        if (change != null) {
            return isDeletion(change) ? null : change;
        }
        return store.get(bytes);
    }

    /**
     * Collects a change.
     *
     * @param value not empty
     * @throws IllegalArgumentException where it is too large for the store's changelog
     */
    public void put(byte[] key, byte[] value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("an empty value would read as deleted");
        }
        staged.put(Bytes.wrap(key), RecordSize.require(value, RecordSize.MOST, "an entry of a store"));
    }

    public void delete(byte[] key) {
        staged.put(Bytes.wrap(key), DELETED);
    }

    /** All entries whose key begins with {@code prefix}, in order. The caller closes it. */
    public Scan scan(byte[] prefix) {
        return scan(prefix, prefix);
    }

    /** As {@link #scan(byte[])}, from {@code from} (inclusive) on. */
    public Scan scan(byte[] prefix, byte[] from) {
        byte[] end = following(prefix);
        Bytes first = Bytes.wrap(from);
        Bytes last = end == null ? null : Bytes.wrap(end);
        var changes = last == null ? staged.tailMap(first, true) : staged.subMap(first, true, last, false);
        // The store's upper bound is inclusive: Scan stops before it.
        return new Scan(store.range(first, last), copy(changes), last);
    }

    /** Entries with {@code from <= key < to}, in order. The caller closes it. */
    public Scan range(byte[] from, byte[] to) {
        Bytes first = Bytes.wrap(from);
        Bytes last = Bytes.wrap(to);
        return new Scan(store.range(first, last), copy(staged.subMap(first, true, last, false)), last);
    }

    /** What is written under a key, beside what stands there; null where there is nothing. */
    public interface Change {
        void of(byte @Nullable [] before, byte @Nullable [] after);
    }

    /** Shows every change collected under keys with {@code from <= key < to}, before it is written. */
    public void forEachChange(byte[] from, byte[] to, Change change) {
        staged.subMap(Bytes.wrap(from), true, Bytes.wrap(to), false)
                .forEach((key, value) -> change.of(store.get(key), isDeletion(value) ? null : value));
    }

    /** Writes what was collected. */
    public void apply() {
        staged.forEach((key, value) -> {
            if (isDeletion(value)) {
                store.delete(key);
            } else {
                store.put(key, value);
            }
        });
        staged.clear();
    }

    public void discard() {
        staged.clear();
    }

    static boolean isDeletion(byte[] value) {
        return value.length == 0;
    }

    private static Iterator<Map.Entry<Bytes, byte[]>> copy(Map<Bytes, byte[]> changes) {
        return changes.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList()
                .iterator();
    }

    /** The least key that begins otherwise than {@code prefix} and lies behind it; null where there is none. */
    private static byte @Nullable [] following(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                byte[] next = Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        return null;
    }
}
