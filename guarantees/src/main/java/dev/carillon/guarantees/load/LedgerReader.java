package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.outcome.OutcomeBatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows what {@code outcomes} says of a crowd: committed records only, from the beginning, past all proxies. */
final class LedgerReader implements Runnable {

    private final World world;
    private final Crowd crowd;
    private final Evidence evidence;
    private final AtomicBoolean stopped = new AtomicBoolean();

    LedgerReader(World world, Crowd crowd, Evidence evidence) {
        this.world = world;
        this.crowd = crowd;
        this.evidence = evidence;
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
        Map<String, Object> settings =
                Map.of("bootstrap.servers", world.bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped.get()) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::tell);
            }
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            Json.read(record.value(), OutcomeBatch.class).outcomes().stream()
                    .filter(outcome -> crowd.has(outcome.recipient().value()))
                    .forEach(outcome -> evidence.add(guarantee -> guarantee.told(outcome)));
        } catch (MalformedRecordException poison) {
            // It was put there by a fault.
        }
    }
}
