package dev.carillon.router.state;

import java.nio.ByteBuffer;

/**
 * Up to which record of {@code types} a partition has told which ones cannot be read. Kept among the memories, under a
 * key that is no recipient's.
 */
public final class TypesTold {
    /** Of no record. */
    private static final long NONE = -1;

    /** No recipient's id begins with 0x00. */
    private static final byte[] KEY = {0};

    private final StagedStore store;

    /** @param store that of the memories */
    public TypesTold(StagedStore store) {
        this.store = store;
    }

    /** An offset; less than any where nothing was told. */
    public long upTo() {
        byte[] value = store.get(KEY);
        return value == null ? NONE : ByteBuffer.wrap(value).getLong();
    }

    public void put(long offset) {
        store.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
    }
}
