package dev.carillon.router.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testsupport.ChildProcess;
import dev.carillon.testsupport.ChildProcess.Command;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TopicPrefix;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The reason for the version of Kafka in the build: see docs/adr/002-kafka-version.md. */
@ExtendWith(InfrastructureExtension.class)
class KillInOpenTransactionTest {

    private static final int EVENTS = 5_000;
    private static final int PARTITIONS = 4;
    private static final Duration WAIT = Duration.ofSeconds(90);
    private static final String NEVER = "600000";
    private static final String OFTEN = "100";

    @TempDir
    Path state;

    @Test
    void losesAndRepeatsNothingThatAKilledTransactionHadOnlyMarkedAsSeen(TopicProbe probe, TopicPrefix prefix) {
        probe.createTopic(prefix.name(DedupeProgram.INPUT), PARTITIONS);
        probe.createTopic(prefix.name(DedupeProgram.OUTPUT), PARTITIONS);
        produce(probe, prefix.name(DedupeProgram.INPUT));

        try (ChildProcess doomed = start(probe, prefix, NEVER)) {
            doomed.awaitLine("processed " + EVENTS + ".", WAIT);
            doomed.kill();
        }
        assertThat(probe.readAll(prefix.name(DedupeProgram.OUTPUT))).isEmpty();

        try (ChildProcess next = start(probe, prefix, OFTEN)) {
            awaitCommitted(probe, prefix);
            awaitEnds(probe, prefix.name(DedupeProgram.OUTPUT));
            assertThat(next.isAlive()).isTrue();
        }
        List<String> passed = probe.readAll(prefix.name(DedupeProgram.OUTPUT)).stream()
                .map(ConsumerRecord::key)
                .map(key -> new String(key, StandardCharsets.UTF_8))
                .sorted()
                .toList();
        System.out.printf(
                "%d of %d events lost%n", EVENTS - passed.stream().distinct().count(), EVENTS);
        assertThat(passed).isEqualTo(keys().stream().sorted().toList());
    }

    private ChildProcess start(TopicProbe probe, TopicPrefix prefix, String commitMillis) {
        return ChildProcess.start(new Command(
                        DedupeProgram.class,
                        probe.bootstrapServers(),
                        prefix.value(),
                        state.resolve("instance-1").toString(),
                        commitMillis)
                .jvm("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    private static void produce(TopicProbe probe, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", probe.bootstrapServers(), "acks", "all");
        String body = "x".repeat(300);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = keys().stream()
                    .map(key -> producer.send(new ProducerRecord<>(topic, key, body)))
                    .toList();
            producer.flush();
            assertThat(sent).allSatisfy(future -> assertThat(future).succeedsWithin(WAIT));
        }
    }

    private static void awaitCommitted(TopicProbe probe, TopicPrefix prefix) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", probe.bootstrapServers()))) {
            Awaitility.await().atMost(WAIT).until(() -> {
                Map<?, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(prefix.name("dedupe"))
                        .partitionsToOffsetAndMetadata()
                        .get();
                return offsets.values().stream()
                                .mapToLong(OffsetAndMetadata::offset)
                                .sum()
                        == EVENTS;
            });
        }
    }

    /** Waits until committed records are all there are: a transaction ends in one partition after the other. */
    private static void awaitEnds(TopicProbe probe, String topic) {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", probe.bootstrapServers()))) {
            Awaitility.await()
                    .atMost(WAIT)
                    .until(() -> ends(admin, latest, IsolationLevel.READ_COMMITTED)
                            .equals(ends(admin, latest, IsolationLevel.READ_UNCOMMITTED)));
        }
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static List<String> keys() {
        return IntStream.range(0, EVENTS).mapToObj(i -> "event-" + i).toList();
    }
}
