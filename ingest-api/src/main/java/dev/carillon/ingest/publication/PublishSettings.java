package dev.carillon.ingest.publication;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes committed rows under their locks: the row as it is now, then the acknowledgement, then the mark. So two
 * publishers of one row never overtake each other, and whatever is not marked is published again.
 */
public final class PublishSettings {
    private static final int TIMEOUT_SECONDS = 8;

    private final TransactionTemplate transaction;
    private final SettingLog log;

    public PublishSettings(PlatformTransactionManager transactions, SettingLog log) {
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(TIMEOUT_SECONDS);
        this.log = log;
    }

    /**
     * Returns once the rows with these keys are published, by this call or by another publisher.
     *
     * @throws BrokerUnavailableException where that is not known; the sweeper then finishes it
     */
    public <K> void publish(SettingTable<K> table, Collection<K> keys) {
        publishLocked(table, () -> table.lock(keys));
    }

    /** Publishes up to {@code limit} rows that were left behind, and tells how many. */
    public <K> int publishLeftBehind(SettingTable<K> table, int limit) {
        return publishLocked(table, () -> table.lockUnpublished(limit));
    }

    private <K> int publishLocked(SettingTable<K> table, Supplier<List<SettingRow<K>>> lock) {
        Integer published = transaction.execute(status -> {
            List<SettingRow<K>> rows = lock.get();
            if (!rows.isEmpty()) {
                List<OutgoingRecord> records =
                        rows.stream().flatMap(row -> row.records().stream()).toList();
                log.append(records);
                table.markPublished(rows);
            }
            return rows.size();
        });
        return published == null ? 0 : published;
    }
}
