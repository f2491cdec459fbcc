package dev.carillon.platform.delivery;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the ledger is told, in one record per partition that is concerned, or several where there is much. */
public final class Outcomes {
    /** An outcome takes some hundred bytes, with a provider's words at most some thousand; a record at most 1 MB. */
    private static final int MOST_IN_A_RECORD = 200;

    private Outcomes() {}

    /** What becomes of the items of {@code whole} that are cancelled, and so are no more in its {@code rest}. */
    public static List<NotificationOutcome> takenBack(Delivery whole, Delivery rest, Instant now) {
        return leftOut(whole, rest, OutcomeState.CANCELLED, Reason.CANCELLED, now);
    }

    /** What becomes of the items of {@code whole} that are not in its {@code rest}. */
    static List<NotificationOutcome> leftOut(
            Delivery whole, Delivery rest, OutcomeState state, Reason reason, Instant now) {
        if (whole.items().size() == rest.items().size()) {
            return List.of();
        }
        Set<NotificationId> left = Set.copyOf(rest.told());
        int made = whole.attempts().made();
        ChannelOutcome outcome = new ChannelOutcome(whole.channel(), state, reason, null, null, made);
        return whole.items().stream()
                .filter(item -> !left.contains(item.id()))
                .map(item -> NotificationOutcome.of(item, now, List.of(outcome)))
                .toList();
    }

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
