package dev.carillon.router.state;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a {@link StagedStore} in the order of their keys: what is written, overlaid with what was collected before
 * the scan began. Must be closed.
 */
public final class Scan implements Iterator<Scan.Entry>, AutoCloseable {
    /** One entry; the arrays are not copied. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, lives for one step of a scan
    public record Entry(byte[] key, byte[] value) {}

    private final KeyValueIterator<Bytes, byte[]> written;
    private final Iterator<Map.Entry<Bytes, byte[]>> changes;
    private final @Nullable Bytes end;
    private @Nullable KeyValue<Bytes, byte[]> nextWritten;
    private Map.@Nullable Entry<Bytes, byte[]> nextChange;
    private @Nullable Entry next;

    Scan(KeyValueIterator<Bytes, byte[]> written, Iterator<Map.Entry<Bytes, byte[]>> changes, @Nullable Bytes end) {
        this.written = written;
        this.changes = changes;
        this.end = end;
        advanceWritten();
        advanceChange();
        next = merge();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Entry next() {
        Entry current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        next = merge();
        return current;
    }

    @Override
    public void close() {
        written.close();
    }

    private @Nullable Entry merge() {
        while (true) {
            KeyValue<Bytes, byte[]> old = nextWritten;
            Map.Entry<Bytes, byte[]> change = nextChange;
            if (change != null && (old == null || change.getKey().compareTo(old.key) <= 0)) {
                if (old != null && change.getKey().equals(old.key)) {
                    advanceWritten();
                }
                advanceChange();
                if (!StagedStore.isDeletion(change.getValue())) {
                    return new Entry(change.getKey().get(), change.getValue());
                }
            } else if (old != null) {
                advanceWritten();
                return new Entry(old.key.get(), old.value);
            } else {
                return null;
            }
        }
    }

    private void advanceWritten() {
        nextWritten = written.hasNext() ? written.next() : null;
        KeyValue<Bytes, byte[]> entry = nextWritten;
        if (entry != null && end != null && entry.key.compareTo(end) >= 0) {
            nextWritten = null;
        }
    }

    private void advanceChange() {
        nextChange = changes.hasNext() ? changes.next() : null;
    }
}
