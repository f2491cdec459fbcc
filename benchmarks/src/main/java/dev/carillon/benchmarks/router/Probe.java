package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.benchmarks.stage.BrokerProcess;
import dev.carillon.benchmarks.stage.Filling;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One event for each partition, and the deliveries that show who has decided them. */
final class Probe implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final BrokerProcess broker;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<Integer> open = new TreeSet<>();

    Probe(BrokerProcess broker, TopicSpec deliveries) {
        this.broker = broker;
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = IntStream.range(0, deliveries.partitions())
                .mapToObj(partition -> new TopicPartition(deliveries.name(), partition))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    void send(TopicSpec intake, int partitions) {
        Map<Integer, String> recipients = new TreeMap<>();
        for (int i = 0; recipients.size() < partitions; i++) {
            String recipient = "probe" + i;
            recipients.putIfAbsent(Partitions.of(new RecipientId(recipient), partitions), recipient);
        }
        open.addAll(recipients.keySet());
        List<String> all = List.copyOf(recipients.values());
        Instant now = MachineClock.now();
        String run = Long.toString(System.nanoTime());
        Filling.fill(broker, intake.name(), all.size(), i -> {
            var event = Samples.accepted("probe-" + run + "-" + i, all.get(i), now, null);
            return new Filling.Entry(event.event().uid().toString(), all.get(i), event);
        });
    }

    /** Waits until all are decided, and says when that was, as {@link System#nanoTime()} does. */
    long awaitAll(Duration most) {
        long start = System.nanoTime();
        while (!open.isEmpty()) {
            consumer.poll(POLL).forEach(record -> open.remove(record.partition()));
            if (System.nanoTime() - start > most.toNanos()) {
                throw new IllegalStateException("partitions " + open + " are not routed within " + most);
            }
        }
        return System.nanoTime();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
