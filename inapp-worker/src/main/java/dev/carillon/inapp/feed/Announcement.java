package dev.carillon.inapp.feed;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.tracing.TraceSpan;
import java.time.Instant;
import java.util.List;

/**
 * What is told of deliveries once they are stored.
 *
 * @param acceptedAt when the events of those were accepted that it shows
 * @param spans of the deliveries; over when it was told
 */
record Announcement(List<OutgoingRecord> records, List<Instant> acceptedAt, List<TraceSpan> spans) {
    Announcement(List<OutgoingRecord> records, List<Instant> acceptedAt) {
        this(records, acceptedAt, List.of());
    }
}
