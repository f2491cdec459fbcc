package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows what {@code outcomes} says of a crowd, from the beginning and past all proxies: what was committed, or also what a
 * router wrote and did not commit.
 */
final class LedgerReader implements Runnable {

    private final World world;
    private final Crowd crowd;
    private final Evidence evidence;
    private final boolean committed;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private LedgerReader(World world, Crowd crowd, Evidence evidence, boolean committed) {
        this.world = world;
        this.crowd = crowd;
        this.evidence = evidence;
        this.committed = committed;
    }

    static LedgerReader ofCommitted(World world, Crowd crowd, Evidence evidence) {
        return new LedgerReader(world, crowd, evidence, true);
    }

    /** Tells of drafts only. */
    static LedgerReader ofAll(World world, Crowd crowd, Evidence evidence) {
        return new LedgerReader(world, crowd, evidence, false);
    }

    void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        var topic = world.topics().outcomes();
        var partitions = IntStream.range(0, topic.partitions())
                .mapToObj(number -> new TopicPartition(topic.name(), number))
                .toList();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                world.bootstrapServers(),
                "isolation.level",
                committed ? "read_committed" : "read_uncommitted");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped.get()) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::tell);
            }
        }
    }

    private void tell(NotificationOutcome outcome) {
        if (committed) {
            evidence.add(guarantee -> guarantee.told(outcome));
        } else if (outcome.channels().stream().anyMatch(one -> one.state() == OutcomeState.ROUTED)) {
            evidence.add(guarantee -> guarantee.drafted(outcome));
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            Json.read(record.value(), OutcomeBatch.class).outcomes().stream()
                    .filter(outcome -> crowd.has(outcome.recipient().value()))
                    .forEach(this::tell);
        } catch (MalformedRecordException poison) {
            // It was put there by a fault.
        }
    }
}
