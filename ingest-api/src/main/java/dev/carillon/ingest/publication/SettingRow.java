package dev.carillon.ingest.publication;

import dev.carillon.platform.kafka.OutgoingRecord;
import java.util.List;

/**
 * A locked row as it is now, and what Kafka has to be told of it.
 *
 * @param key of the row in its table
 * @param version that these records publish
 */
public record SettingRow<K>(K key, long version, List<OutgoingRecord> records) {
    public SettingRow {
        records = List.copyOf(records);
    }
}
