package dev.carillon.ingest.publication;

import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import java.time.Duration;
import java.util.List;

/** Settings on Kafka. */
public final class KafkaSettingLog implements SettingLog {
    private final RecordSender sender;
    private final Duration limit;

    public KafkaSettingLog(RecordSender sender, Duration limit) {
        this.sender = sender;
        this.limit = limit;
    }

    @Override
    public void append(List<OutgoingRecord> records) {
        try {
            sender.sendAll(records, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted before the broker acknowledged", e);
        }
    }
}
