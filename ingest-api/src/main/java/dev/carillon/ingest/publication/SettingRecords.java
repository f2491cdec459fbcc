package dev.carillon.ingest.publication;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The records that tell one changed setting. */
public final class SettingRecords {
    private SettingRecords() {}

    /**
     * A setting of one recipient goes to its compacted topic, and to both intake lanes: there one log per partition
     * orders it before every event that is accepted after it.
     *
     * @param compacted its topic
     * @param key on that topic
     * @param value null where it is deleted
     */
    public static List<OutgoingRecord> ofRecipient(
            Topics topics,
            TopicSpec compacted,
            RecipientId recipient,
            byte[] key,
            @Nullable Object value,
            long version,
            IntakeRecord change) {
        List<OutgoingRecord> records = new ArrayList<>();
        byte[] written = value == null ? null : Json.write(value);
        records.add(OutgoingRecord.owned(compacted, recipient, key, written, version(version)));
        for (Lane lane : Lane.values()) {
            records.add(OutgoingRecord.of(topics.intake(lane), recipient, change));
        }
        return records;
    }

    /** A setting that everybody reads goes to the one partition of its compacted topic. */
    public static List<OutgoingRecord> ofAll(TopicSpec compacted, String key, @Nullable Object value, long version) {
        return List.of(new OutgoingRecord(
                compacted,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : Json.write(value),
                List.of(version(version))));
    }

    private static RecordHeader version(long version) {
        return new RecordHeader(Topics.VERSION_HEADER, Long.toString(version).getBytes(StandardCharsets.UTF_8));
    }
}
