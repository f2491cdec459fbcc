package dev.carillon.platform.delivery;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Packs outcomes for the ledger: one record per partition that is concerned, or several where there are many. */
public final class Outcomes {
    /** An outcome takes some hundred bytes, with a provider's words at most some thousand; a record at most 1 MB. */
    private static final int MOST_IN_A_RECORD = 200;

    private Outcomes() {}

    /** Records that together hold all {@code outcomes}, in their order. */
    public static List<OutgoingRecord> pack(TopicSpec topic, List<NotificationOutcome> outcomes) {
        Map<Integer, List<NotificationOutcome>> byPartition = new TreeMap<>();
        for (NotificationOutcome outcome : outcomes) {
            int partition = Partitions.of(outcome.recipient(), topic.partitions());
            byPartition.computeIfAbsent(partition, p -> new ArrayList<>()).add(outcome);
        }
        List<OutgoingRecord> records = new ArrayList<>();
        byPartition.forEach((partition, all) -> {
            for (int from = 0; from < all.size(); from += MOST_IN_A_RECORD) {
                List<NotificationOutcome> some = all.subList(from, Math.min(all.size(), from + MOST_IN_A_RECORD));
                records.add(new OutgoingRecord(topic, partition, null, Json.write(new OutcomeBatch(some)), List.of()));
            }
        });
        return records;
    }
}
