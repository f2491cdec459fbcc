package dev.carillon.ingest.intake;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.DryRun;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Splits an event into one record for every partition that owns at least one of its targets. */
final class PartitionSplit {
    private final Topics topics;

    PartitionSplit(Topics topics) {
        this.topics = topics;
    }

    List<OutgoingRecord> split(RouteEvent whole) {
        return split(whole, topics.intake(whole.lane()), part -> part);
    }

    /** Which partitions own targets of an event. */
    Set<Integer> partitions(RouteEvent event) {
        return owned(event, topics.intake(Lane.DIRECT).partitions()).keySet();
    }

    /** A question about an event. It rides the direct lane whatever the event would: somebody waits. */
    List<OutgoingRecord> question(RouteEvent whole, String request) {
        return split(
                whole,
                topics.intake(Lane.DIRECT),
                part -> new DryRun(request, part.event(), part.targets(), part.lane()));
    }

    private static List<OutgoingRecord> split(
            RouteEvent whole, TopicSpec topic, Function<RouteEvent, IntakeRecord> written) {
        byte[] key = whole.event().uid().toString().getBytes(StandardCharsets.UTF_8);
        Targets targets = whole.targets();
        if (!targets.everywhere() && targets.recipients().size() == 1) {
            int owner = Partitions.of(targets.recipients().getFirst(), topic.partitions());
            return List.of(new OutgoingRecord(topic, owner, key, Json.write(written.apply(whole)), List.of()));
        }
        List<OutgoingRecord> records = new ArrayList<>();
        owned(whole, topic.partitions()).forEach((partition, recipients) -> {
            RouteEvent part = new RouteEvent(
                    whole.event(), targets.withRecipients(recipients), whole.lane(), whole.traceparent());
            records.add(new OutgoingRecord(topic, partition, key, Json.write(written.apply(part)), List.of()));
        });
        return records;
    }

    /**
     * The direct recipients by the partition that owns them; every partition where all of them have to look. An event for
     * nobody goes to one of them all the same, for those who follow what is accepted.
     */
    private static SortedMap<Integer, List<RecipientId>> owned(RouteEvent whole, int partitions) {
        Targets targets = whole.targets();
        SortedMap<Integer, List<RecipientId>> owned = new TreeMap<>();
        if (!targets.everywhere() && targets.recipients().isEmpty()) {
            byte[] uid = whole.event().uid().toString().getBytes(StandardCharsets.UTF_8);
            owned.put(Partitions.of(uid, partitions), List.of());
        }
        if (targets.everywhere()) {
            IntStream.range(0, partitions).forEach(partition -> owned.put(partition, new ArrayList<>()));
        }
        for (RecipientId recipient : targets.recipients()) {
            owned.computeIfAbsent(Partitions.of(recipient, partitions), partition -> new ArrayList<>())
                    .add(recipient);
        }
        return owned;
    }
}
