package dev.carillon.benchmarks.router;

import dev.carillon.benchmarks.stage.BrokerProcess;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics that the router's stores are restored from. */
final class Changelogs {
    private static final Duration POLL = Duration.ofMillis(100);
    /** As the clients of Kafka Streams read them. */
    private static final int MOST_RECORDS = 1_000;

    private Changelogs() {}

    /** What a bare consumer needed for them. */
    record Read(double seconds, long records) {}

    /** Reads all changelogs of these partitions from their beginning to their end, and keeps nothing. */
    static Read read(BrokerProcess broker, Topics topics, Set<Integer> partitions) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "max.poll.records",
                MOST_RECORDS);
        List<TopicPartition> all = names(broker, topics)
                .flatMap(name -> partitions.stream().map(partition -> new TopicPartition(name, partition)))
                .toList();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.seekToBeginning(all);
            long start = System.nanoTime();
            long records = 0;
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                records += consumer.poll(POLL).count();
            }
            return new Read((System.nanoTime() - start) / 1e9, records);
        }
    }

    private static Stream<String> names(BrokerProcess broker, Topics topics) {
        String application = topics.group(Service.ROUTER_STREAM, "");
        try {
            return broker.admin().listTopics().names().get().stream()
                    .filter(name -> name.startsWith(application + "-") && name.endsWith("-changelog"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics are not known", e);
        }
    }
}
