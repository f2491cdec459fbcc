package dev.carillon.ingest.publication;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import java.util.List;

/** Where published settings go. */
@FunctionalInterface
public interface SettingLog {
    /**
     * Returns once all records are acknowledged.
     *
     * @throws BrokerUnavailableException where one of them may be missing
     */
    void append(List<OutgoingRecord> records);
}
