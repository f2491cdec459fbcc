package dev.carillon.ingest.publication;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A table whose rows Kafka has to see: each carries its version and the version published last. All methods run in the
 * caller's transaction.
 *
 * @param <K> key of a row
 */
public interface SettingTable<K> {
    /** For the log. */
    String name();

    /** Locks those of the rows that are not published, in the order of their keys; waits for other publishers. */
    List<SettingRow<K>> lock(Collection<K> keys);

    /** Locks some rows that are not published and that nobody else is publishing. */
    List<SettingRow<K>> lockUnpublished(int limit);

    void markPublished(List<SettingRow<K>> rows);

    /** Marks every row as not published, so that the sweeper publishes all of them; tells how many. */
    int unmarkAll();

    /**
     * Removes rows that were deleted, and published as such, before a point in time. They stay that long so that
     * whoever writes the row anew meets it, and takes a higher version.
     */
    void purge(Instant deletedBefore);
}
