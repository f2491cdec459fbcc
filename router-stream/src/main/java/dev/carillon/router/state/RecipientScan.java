package dev.carillon.router.state;

import dev.carillon.schemas.recipient.RecipientId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recipients in ascending order, read lazily from a store. Must be closed. */
public final class RecipientScan implements Iterator<RecipientId>, AutoCloseable {
    private final Scan scan;
    private final Function<Scan.Entry, @Nullable RecipientId> select;
    private @Nullable RecipientId next;

    /** @param select the recipient of an entry, or null where the entry does not count */
    RecipientScan(Scan scan, Function<Scan.Entry, @Nullable RecipientId> select) {
        this.scan = scan;
        this.select = select;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RecipientId next() {
        RecipientId current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        advance();
        return current;
    }

    @Override
    public void close() {
        scan.close();
    }

    private void advance() {
        next = null;
        while (next == null && scan.hasNext()) {
            next = select.apply(scan.next());
        }
    }
}
