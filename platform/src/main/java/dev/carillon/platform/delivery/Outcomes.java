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

/** Packs outcomes for the ledger: one record per partition that is concerned. */
public final class Outcomes {
    private Outcomes() {}

    /** Records that together hold all {@code outcomes}, in their order. */
    public static List<OutgoingRecord> pack(TopicSpec topic, List<NotificationOutcome> outcomes) {
        Map<Integer, List<NotificationOutcome>> byPartition = new TreeMap<>();
        for (NotificationOutcome outcome : outcomes) {
            int partition = Partitions.of(outcome.recipient(), topic.partitions());
            byPartition.computeIfAbsent(partition, p -> new ArrayList<>()).add(outcome);
        }
        return byPartition.entrySet().stream()
                .map(entry -> new OutgoingRecord(
                        topic, entry.getKey(), null, Json.write(new OutcomeBatch(entry.getValue())), List.of()))
                .toList();
    }
}
