package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.deadletter.LetterTable.Unsettled;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of replays whose end is unknown: reads where the record must be, from before its claim on, and
 * looks for the letter's name. Found, it is replayed; not found, the letter is open again.
 */
final class SettleReplays {
    private static final Logger LOG = LoggerFactory.getLogger(SettleReplays.class);
    /** A producer of ours has ended all its tries within 2.5 s. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);
    /** The broker's clock may be behind the database's. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST = 500;

    private final LetterTable letters;
    private final ReplayLetters replay;
    private final KafkaClients clients;

    SettleReplays(LetterTable letters, ReplayLetters replay, KafkaClients clients) {
        this.letters = letters;
        this.replay = replay;
        this.clients = clients;
    }

    void run() {
        List<Unsettled> unsettled = letters.unsettled(UNKNOWN_FOR, MOST);
        if (unsettled.isEmpty()) {
            return;
        }
        Map<TopicPartition, Instant> places = new HashMap<>();
        for (Unsettled one : unsettled) {
            places.merge(one.place(), one.claimedAt(), (a, b) -> a.isBefore(b) ? a : b);
        }
        Set<String> found = namesIn(places);
        for (Unsettled one : unsettled) {
            long id = one.id();
            boolean there = found.contains(Long.toString(id));
            LOG.info("the replay of letter {}, which was unknown, {}", id, there ? "is done" : "did not happen");
            replay.settle(List.of(id), there ? LetterState.REPLAYED : LetterState.OPEN);
        }
    }

    private Set<String> namesIn(Map<TopicPartition, Instant> places) {
        Set<String> names = new HashSet<>();
        Map<String, Object> props = clients.consumerProps(Service.INGEST_API, "replays");
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(props)) {
            consumer.assign(places.keySet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(places.keySet());
            Map<TopicPartition, Long> times = new HashMap<>();
            places.forEach((place, at) -> times.put(place, at.minus(SKEW).toEpochMilli()));
            Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
            for (TopicPartition place : places.keySet()) {
                OffsetAndTimestamp begin = begins.get(place);
                consumer.seek(place, begin == null ? ends.getOrDefault(place, 0L) : begin.offset());
            }
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> add(names, record));
            }
        }
        return names;
    }

    private static void add(Set<String> names, ConsumerRecord<byte[], byte[]> record) {
        Header name = record.headers().lastHeader(PlanReplay.HEADER);
        if (name != null && name.value() != null) {
            names.add(new String(name.value(), StandardCharsets.UTF_8));
        }
    }
}
