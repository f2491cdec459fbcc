package dev.carillon.router.runtime;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;
import org.springframework.util.unit.DataSize;

/**
 * The memory of all stores of one router: one cache that also pays for indexes, filters and write buffers. Without it
 * every store of every partition would take its own: with five stores and twelve partitions up to 5 GB.
 */
final class StoreMemory {
    private static final int SHARD_BITS = 2;
    private static final double SHARE_OF_INDEXES = 0.1;
    private static final long WRITE_BUFFER = 2L << 20;
    private static final int BLOCK = 4 << 10;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    StoreMemory(DataSize size) {
        cache = new LRUCache(size.toBytes(), SHARD_BITS, false, SHARE_OF_INDEXES);
        writeBuffers = new WriteBufferManager(size.toBytes() / 2, cache);
    }

    void applyTo(Options options) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache)
                .setBlockSize(BLOCK)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true);
        options.setWriteBufferManager(writeBuffers)
                .setWriteBufferSize(WRITE_BUFFER)
                .setMaxWriteBufferNumber(2)
                .setTableFormatConfig(table);
    }

    /** To be called when no store is open and none will be opened any more. */
    void close() {
        writeBuffers.close();
        cache.close();
    }
}
