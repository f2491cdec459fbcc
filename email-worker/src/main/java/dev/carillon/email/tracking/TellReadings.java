package dev.carillon.email.tracking;

import dev.carillon.email.profile.ErasedTable;
import dev.carillon.platform.kafka.BrokerUnavailableException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the router what was read, but of those who forbade it or were erased since. */
final class TellReadings {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final RecordSender records;
    private final TopicSpec activity;
    private final NoTrackTable untracked;
    private final ErasedTable erased;

    TellReadings(RecordSender records, TopicSpec activity, NoTrackTable untracked, ErasedTable erased) {
        this.records = records;
        this.activity = activity;
        this.untracked = untracked;
        this.erased = erased;
    }

    /**
     * Tells of all, with two questions to the database and one wait for the broker.
     *
     * @return those that were told
     * @throws org.springframework.dao.DataAccessException where the database is away; nothing was told
     * @throws BrokerUnavailableException where the broker is; any of them may have been told
     */
    List<Reading> tell(List<Reading> readings) throws InterruptedException {
        Set<RecipientId> readers = readings.stream().map(Reading::recipient).collect(Collectors.toSet());
        Set<RecipientId> forbidding = untracked.among(readers);
        Map<RecipientId, Instant> gone = erased.among(readers);
        List<Reading> told = readings.stream()
                .filter(reading -> !forbidding.contains(reading.recipient()))
                .filter(reading ->
                        gone.getOrDefault(reading.recipient(), Instant.MIN).isBefore(reading.made()))
                .toList();
        records.sendAll(
                told.stream()
                        .map(reading -> OutgoingRecord.of(activity, reading.recipient(), reading.activity()))
                        .toList(),
                LIMIT);
        return told;
    }
}
